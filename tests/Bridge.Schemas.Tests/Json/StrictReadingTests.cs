using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Json;
using static Bridge.Schemas.Tests.Schemas;

namespace Bridge.Schemas.Tests.Json;

/// <summary>Holds the strict reading against a slower one that is built from the framework's parser alone.</summary>
public class StrictReadingTests
{
    private const int Mutants = 40_000;

    private static readonly string[] s_seeds =
    [
        """{"a":1,"b":[true,false,null,-0.5e-3],"c":{"d":"\u00e4\ud83d\udc32\n","a":""}}""",
        """[{"name":"a","name2":"a"},{"\u0061":1,"b":2,"a ":3},1e308,12345678901234567890,"ä🐲"]""",
        """ { "x" : [ [ [ ] ] , { } ] , "y" : "\"\\\/\b\f\n\r\t" } """,
        "{" + string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"k{i % 19}x\":{i}")) + "}",
        "{" + string.Join(',', Enumerable.Range(0, 30).Select(i => $"\"k{i}\":\"\\u00{i % 6 + 2}a\"")) + "}",
        "\"\\ud800\\u0041\"", "-1e400", "[1,2,]", "\uFEFF{}",
    ];

    private static readonly byte[] s_bytes = "{}[]\",:\\u0123456789aedbtrufnlsE+-. \n\t\u00e4"u8.ToArray();

    [Fact]
    public void Read_MutatedTexts_RefusesWhatTheFrameworkWouldRefuse()
    {
        var random = new Random(11);
        int accepted = 0;
        for (int i = 0; i < Mutants; i++)
        {
            byte[] text = Mutate(Encoding.UTF8.GetBytes(s_seeds[i % s_seeds.Length]), random);
            bool strict = IsStrict(text);
            accepted += strict ? 1 : 0;

            Accepts(text).Should().Be(strict, Encoding.UTF8.GetString(text));
        }

        accepted.Should().BeInRange(Mutants / 20, Mutants / 2, "both kinds of texts must be among the mutants");
    }

    [Theory]
    [InlineData("""{"a":{"b":1,"c":[1,{"d":2}]}}""")]
    [InlineData("""{"\u0061\n":"\u00e4","list":[[],{},"",0]}""")]
    [InlineData("""["\"\\\/\b\f\n\r\t","\u0000\u007F\u0080\u07ff\u0800\uFFFF\uD83D\uDC32","x\uD83d\udc32y\u00E9"]""")]
    public void Read_Text_GivesWhatIsInIt(string text)
    {
        using JsonTape tape = StrictJson.Read(Encoding.UTF8.GetBytes(text));

        Show(tape.Root).Should().Be(Show(Value(text)));
    }

    [Fact]
    public void Of_ParsedByOthers_IsReadAsLenientlyAsTheyDid()
    {
        using var document = JsonDocument.Parse(
            "{/* why */\"a\":1,\"a\":2,\"s\":\"\\ud800\",}", new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        CompiledSchema schema = Compile("""{"properties":{"a":{"maximum":1},"s":{"type":"string"}},"required":["s"]}""");

        schema.Validate(document.RootElement).Single().Pointer.Should().Be("/a");
    }

    [Fact]
    public void Rent_WhileAnotherIsInUse_IsAnother()
    {
        using JsonTape outer = StrictJson.Read("[1]"u8);
        using JsonTape inner = StrictJson.Read("[1,2]"u8);

        (outer.Root.Count, inner.Root.Count).Should().Be((1, 2));
    }

    private static bool Accepts(byte[] text)
    {
        try
        {
            StrictJson.Read(text).Dispose();
            return true;
        }
        catch (StrictJsonException)
        {
            return false;
        }
    }

    private static bool IsStrict(byte[] text)
    {
        if (text.Contains((byte)0) || text.AsSpan().StartsWith("\uFEFF"u8) || !Utf8.IsValid(text))
        {
            return false;
        }

        try
        {
            return IsUnambiguous(JsonElement.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = StrictJson.MaxDepth }));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsUnambiguous(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => double.IsFinite(value.GetDouble()),
        JsonValueKind.String => value.GetString() is not null,
        JsonValueKind.Array => value.EnumerateArray().All(IsUnambiguous),
        JsonValueKind.Object => value.EnumerateObject().All(member => member.Name is not null && IsUnambiguous(member.Value)),
        _ => true,
    };

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Concat(value.EnumerateObject().Select(member => $"<{member.Name}={Show(member.Value)}>")),
        JsonValueKind.Array => $"({string.Join('|', value.EnumerateArray().Select(Show))})",
        _ => value.ToString(),
    };

    private static string Show(JsonValue value)
    {
        var parts = new List<string>();
        switch (value.Kind)
        {
            case JsonValueKind.Object:
                foreach (JsonMember member in value.Members)
                {
                    parts.Add($"<{member.Name}={Show(member.Value)}>");
                }

                return string.Concat(parts);
            case JsonValueKind.Array:
                foreach (JsonValue item in value.Items)
                {
                    parts.Add(Show(item));
                }

                return $"({string.Join('|', parts)})";
            default:
                return value.ToString();
        }
    }

    private static byte[] Mutate(byte[] text, Random random)
    {
        var bytes = new List<byte>(text);
        for (int changes = random.Next(3); changes >= 0 && bytes.Count > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes.RemoveAt(at);
                    break;
                case 1:
                    bytes.Insert(at, s_bytes[random.Next(s_bytes.Length)]);
                    break;
                case 2:
                    bytes[at] = s_bytes[random.Next(s_bytes.Length)];
                    break;
                case 3:
                    (bytes[at], bytes[bytes.Count / 2]) = (bytes[bytes.Count / 2], bytes[at]);
                    break;
                default:
                    break;
            }
        }

        return [.. bytes];
    }
}
