using System.Diagnostics;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Exports;
using Bridge.Schemas.Tests.Decoding;

namespace Bridge.Schemas.Tests.Exports;

public class GbnfAgreementTests(ITestOutputHelper output)
{
    [Fact]
    public void Write_OfRandomSchemas_AllowsWhatIsDecoded() => ProveRandom(count: 300);

    [Fact]
    [Trait("Category", "Soak")]
    public void Write_OfManyRandomSchemas_AllowsWhatIsDecoded() => ProveRandom(count: 2_000);

    [Fact]
    public void Write_OfRealTools_AllowsWhatIsDecoded() => ProveTools(everyNth: 20, texts: 2);

    [Fact]
    [Trait("Category", "Soak")]
    public void Write_OfEveryRealTool_AllowsWhatIsDecoded() => ProveTools(everyNth: 1, texts: 5);

    private static void ProveRandom(int count)
    {
        int proved = 0;
        for (int seed = 0; seed < count; seed++)
        {
            string schema = new RandomSchemas(seed).Make().ToJsonString();
            CompiledSchema compiled;
            try
            {
                compiled = Schemas.Compile(schema);
                DecodingProgram.For(compiled);
            }
            catch (InvalidSchemaException)
            {
                continue; // malformed together, or without a value
            }

            GbnfAgreement.Prove(new DecodingPart.Json(compiled), texts: 8, seed, because: schema);
            proved++;
        }

        proved.Should().BeGreaterThan(count * 6 / 10);
    }

    private void ProveTools(int everyNth, int texts)
    {
        int tools = 0;
        int full = 0;
        int expected = 0;
        long bytes = 0;
        var lost = new List<string>();
        var writing = new Stopwatch();
        foreach (CompiledSchema schema in CatalogueSchemas.Read(everyNth))
        {
            if (CatalogueSchemas.TryProgram(schema) is not { } program)
            {
                continue;
            }

            tools++;
            expected += program.IsFullyDecodable ? 1 : 0;
            writing.Start();
            Gbnf.Write(schema);
            writing.Stop();
            GbnfGrammar grammar = GbnfAgreement.Prove(new DecodingPart.Json(schema), texts, seed: tools, because: schema.Source.GetRawText());
            full += grammar.Losses.IsEmpty ? 1 : 0;
            bytes += grammar.Text.Length;
            lost.AddRange(grammar.Losses.Select(loss => $"{loss.Keyword}: {loss.Reason}"));
        }

        output.WriteLine($"{full} of {tools} tools have a grammar without a loss ({expected} are fully decodable); {bytes / tools} characters and {writing.Elapsed.TotalMilliseconds / tools:F2} ms each.");
        lost.GroupBy(reason => reason).OrderByDescending(group => group.Count()).Take(15).ToList().ForEach(group => output.WriteLine($"{group.Count()} x {group.Key}"));
        full.Should().BeGreaterThan(tools * 75 / 100);
    }
}
