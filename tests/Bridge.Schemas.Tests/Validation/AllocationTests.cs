using System.Text;
using Bridge.Schemas.Compilation;
using static Bridge.Schemas.Tests.Schemas;

namespace Bridge.Schemas.Tests.Validation;

/// <summary>Holds what makes validation cheap without a clock: a text that was read leaves nothing behind.</summary>
public class AllocationTests
{
    private const string Members =
        """{"type":"object","properties":{"s":{"type":"string","minLength":1,"maxLength":99},"e":{"enum":["a","b"]},"n":{"type":"integer","minimum":1},"x":{"multipleOf":0.5},"d":{"format":"date"},"l":{"type":"array","items":{"type":["string","null"]},"uniqueItems":true},"o":{"anyOf":[{"type":"null"},{"$ref":"#"}]}},"required":["s"],"additionalProperties":false}""";

    [Theory]
    [InlineData(Members, """{"s":"Z\u00fcrich \"x\"","e":"b","n":7,"x":1.5,"d":"2026-01-31","l":["a",null,"b"],"o":{"s":"ä"}}""", true)]
    [InlineData(Members, """{"s":"x","e":"c"}""", false)]
    [InlineData(Members, """{"e":"a"}""", false)]
    [InlineData(Members, """{"s":"x","unknown":1}""", false)]
    [InlineData("""{"type":"object","additionalProperties":{"type":"number"}}""", """{"a":1,"b":-2.5e3,"\u0063":3}""", true)]
    [InlineData("""{"patternProperties":{"^x":{"const":[1,{"a":null}]}}}""", """{"xa":[1.0,{"a":null}]}""", true)]
    [InlineData("""{"dependentRequired":{"a":["b"]},"minProperties":1,"maxProperties":3}""", """{"a":1,"b":2}""", true)]
    public void IsValid_FromBytes_AllocatesNothing(string schema, string text, bool valid)
    {
        CompiledSchema compiled = Compile(schema);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);

        (int Valid, long Bytes) Run(int calls)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            int count = 0;
            for (int i = 0; i < calls; i++)
            {
                count += compiled.IsValid(utf8) ? 1 : 0;
            }

            return (count, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Run(200);

        // The least of three rounds: a collection in between may empty a pool, which then is filled once more.
        Enumerable.Range(0, 3).Select(_ => Run(1000)).Min().Should().Be((valid ? 1000 : 0, 0));
    }

    [Fact]
    public void Validate_OfValidBytes_AllocatesNothing()
    {
        CompiledSchema compiled = Compile(Members);
        byte[] utf8 = """{"s":"x","n":3}"""u8.ToArray();
        compiled.Validate(utf8).Should().BeEmpty();

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isEmpty = compiled.Validate(utf8).IsEmpty;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        (isEmpty, allocated).Should().Be((true, 0));
    }
}
