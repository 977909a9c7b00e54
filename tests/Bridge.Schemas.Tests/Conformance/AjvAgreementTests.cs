using System.Text;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.TestKit;

namespace Bridge.Schemas.Tests.Conformance;

/// <summary>Holds our verdicts about real tools against those of Ajv.</summary>
public class AjvAgreementTests(ITestOutputHelper output)
{
    private const int Stride = 4;

    [Fact]
    public void IsValid_RealToolsAndSamples_AgreesWithAjv()
    {
        string file = TestData.Require("eval/mcp-catalogue/tools.jsonl");
        string script = NpmPackages.Script("ajv-bench.mjs");
        (JsonElement Schema, IReadOnlyList<string> Texts)[] cases =
        [
            .. File.ReadLines(file).Where((_, index) => index % Stride == 0)
                .Select(line => JsonElement.Parse(line).GetProperty("inputSchema"))
                .Select((schema, index) => (schema, SchemaSamples.Of(schema, index))),
        ];
        using AjvProcess ajv = AjvProcess.Start(script, cases);

        var differences = new List<string>();
        int refusals = 0;
        int verdicts = 0;
        int valid = 0;
        foreach (((JsonElement schema, IReadOnlyList<string> texts), AjvEntry entry) in cases.Zip(ajv.Entries))
        {
            CompiledSchema? compiled = Compile(schema);
            refusals += compiled is null || entry.Refused is not null ? 1 : 0;
            for (int i = 0; i < entry.Verdicts.Length && compiled is not null; i++)
            {
                verdicts++;
                valid += entry.Verdicts[i] ? 1 : 0;
                bool ours = compiled.IsValid(Encoding.UTF8.GetBytes(texts[i]));
                if (ours != entry.Verdicts[i])
                {
                    differences.Add($"{texts[i]} is {(ours ? "" : "not ")}valid for us, by {schema}");
                }
            }
        }

        output.WriteLine($"{cases.Length} schemas, {refusals} refused by either; {verdicts} verdicts, {valid} valid for Ajv, {differences.Count} differ.");
        differences.Take(10).ToList().ForEach(output.WriteLine);
        verdicts.Should().BeGreaterThan(cases.Length);
        valid.Should().BeInRange(verdicts / 4, verdicts * 3 / 4, "a good part of the samples must fit, and a good part must not");
        differences.Should().BeEmpty();
    }

    [Theory]
    [InlineData("duplicate keys: Ajv sees the last one only", """{"properties":{"a":{"const":1}}}""", """{"a":2,"a":1}""")]
    [InlineData("half of a surrogate pair: JavaScript strings may hold it", """{"type":"string"}""", "\"\\ud800\"")]
    [InlineData("a number beyond double: JSON.parse makes it Infinity", """{"minimum":1}""", "1e400")]
    [InlineData("another case: tools mean the name they declare", """{"properties":{"unit":{}}}""", """{"Unit":1}""")]
    [InlineData("digits beyond double: JSON.parse rounds", """{"maximum":9007199254740992}""", "9007199254740993")]
    [InlineData("decimals: 0.3 is no multiple of 0.1 in binary", """{"multipleOf":0.1}""", "0.3")]
    public void IsValid_KnownDifference_IsOneStill(string why, string schema, string text)
    {
        string script = NpmPackages.Script("ajv-bench.mjs");
        using AjvProcess ajv = AjvProcess.Start(script, [(JsonElement.Parse(schema), [text])]);

        bool ours;
        try
        {
            ours = Schemas.Compile(schema).IsValid(Encoding.UTF8.GetBytes(text));
        }
        catch (Bridge.Schemas.Json.StrictJsonException)
        {
            ours = false;
        }

        ours.Should().Be(!ajv.Entries[0].Verdicts[0], why);
    }

    private static CompiledSchema? Compile(JsonElement schema)
    {
        try
        {
            return CompiledSchema.Compile(schema);
        }
        catch (InvalidSchemaException)
        {
            return null;
        }
    }
}
