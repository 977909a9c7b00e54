using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Exports;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Grammars;

/// <summary>Holds the grammars that schemas are exported as against the library they are written for.</summary>
public class NativeGrammarTests
{
    [Theory]
    [InlineData("root ::= \"a\"", true)]
    [InlineData("root ::= (", false)]
    public void Reads_AGrammar_SaysWhetherItIsOne(string grammar, bool reads) => NativeGrammar.Reads(grammar).Should().Be(reads);

    [Fact]
    public void Write_OfRealTools_IsReadByLlamaCpp() => Prove(everyNth: 40);

    [Fact]
    [Trait("Category", "Soak")]
    public void Write_OfEveryRealTool_IsReadByLlamaCpp() => Prove(everyNth: 1);

    private static void Prove(int everyNth)
    {
        int read = 0;
        foreach (JsonElement schema in File.ReadLines(TestData.Require("eval/mcp-catalogue/tools.jsonl")).Where((_, index) => index % everyNth == 0)
            .Select(line => JsonElement.Parse(line).GetProperty("inputSchema")))
        {
            if (TryWrite(schema) is { } grammar)
            {
                NativeGrammar.Reads(grammar).Should().BeTrue(schema.GetRawText());
                read++;
            }
        }

        read.Should().BeGreaterThan(8000 / everyNth);
    }

    private static string? TryWrite(JsonElement schema)
    {
        try
        {
            return Gbnf.Write(CompiledSchema.Compile(schema)).Text;
        }
        catch (InvalidSchemaException)
        {
            return null; // refused with a reason
        }
    }
}
