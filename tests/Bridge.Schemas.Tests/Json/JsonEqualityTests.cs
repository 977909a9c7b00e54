using Bridge.Schemas.Json;
using static Bridge.Schemas.Tests.Schemas;

namespace Bridge.Schemas.Tests.Json;

public class JsonEqualityTests
{
    private static readonly string s_many = string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"m{i}\":{i}"));
    private static readonly string s_reversed = string.Join(',', Enumerable.Range(0, 40).Reverse().Select(i => $"\"m{i}\":{i}.0"));

    public static TheoryData<string, string, bool> Pairs => new()
    {
        { """[1,{"a":"x","b":null},true]""", """[1.0,{"b":null,"\u0061":"\u0078"},true]""", true },
        { $"{{{s_many}}}", $"{{{s_reversed}}}", true },
        { $"{{{s_many}}}", $"{{{s_reversed.Replace("\"m7\":7.0", "\"m7\":8", StringComparison.Ordinal)}}}", false },
        { $"{{{s_many}}}", $"{{{s_reversed.Replace("\"m7\"", "\"n7\"", StringComparison.Ordinal)}}}", false },
        { """{"a":1}""", """{"a":1,"b":1}""", false },
        { """{"a":1,"c":1}""", """{"a":1,"b":1}""", false },
        { "[1,2]", "[2,1]", false },
        { "[]", "{}", false },
        { "true", "false", false },
        { "\"a\"", "\"A\"", false },
        { "1e2", "100", true },
        { "null", "null", true },
        { """["ä\n"]""", """["\u00e4\u000a"]""", true },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void AreEqual_TwoValues_IsWhatTheStandardSays(string left, string right, bool equal)
    {
        using JsonTape x = JsonTape.Of(Value(left));
        using JsonTape y = JsonTape.Of(Value(right));

        JsonEquality.AreEqual(Value(left), Value(right)).Should().Be(equal);
        (JsonEquality.Hash(x.Root) == JsonEquality.Hash(y.Root)).Should().Be(equal, "equal values share a hash, and these unequal ones do not happen to");
    }

    [Fact]
    public void AreEqual_BeyondTheSteps_IsGivenUp()
    {
        using JsonTape tape = JsonTape.Of(Value("[1,2,3,4]"));
        long few = 3;
        long enough = 5;

        JsonEquality.AreEqual(tape.Root, tape.Root, ref few).Should().BeFalse();
        JsonEquality.AreEqual(tape.Root, tape.Root, ref enough).Should().BeTrue();
        few.Should().BeNegative();
        enough.Should().Be(0);
    }
}
