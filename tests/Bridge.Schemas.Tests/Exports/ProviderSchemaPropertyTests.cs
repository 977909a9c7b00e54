using System.Text;
using System.Text.Json.Nodes;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Exports;
using Bridge.Schemas.Tests.Decoding;

namespace Bridge.Schemas.Tests.Exports;

public class ProviderSchemaPropertyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("openai")]
    [InlineData("ollama")]
    public void Export_OfRandomSchemas_AllowsOnlyWhatIsValid(string provider) => ProveSound(provider, 0, 150);

    [Theory]
    [InlineData("openai")]
    [InlineData("ollama")]
    [Trait("Category", "Soak")]
    public void Export_OfManyRandomSchemas_AllowsOnlyWhatIsValid(string provider) => ProveSound(provider, 300, 15_000);

    [Theory]
    [InlineData("openai")]
    [InlineData("ollama")]
    public void Export_OfRandomSchemas_AllowsEveryValidValue(string provider) => ProveComplete(provider, 0, 100);

    [Theory]
    [InlineData("openai")]
    [InlineData("ollama")]
    [Trait("Category", "Soak")]
    public void Export_OfManyRandomSchemas_AllowsEveryValidValue(string provider) => ProveComplete(provider, 300, 15_000);

    [Theory]
    [InlineData("openai")]
    [InlineData("ollama")]
    public void Export_OfRealTools_IsExactOrSaysWhatIsNot(string provider) => ProveTools(provider, everyNth: 50);

    [Theory]
    [InlineData("openai")]
    [InlineData("ollama")]
    [Trait("Category", "Soak")]
    public void Export_OfEveryRealTool_IsExactOrSaysWhatIsNot(string provider) => ProveTools(provider, everyNth: 1);

    private static ProviderSchema Export(string provider, CompiledSchema schema)
    {
        ProviderSchema export = provider == "openai" ? ProviderSchema.ForOpenAi(schema) : ProviderSchema.ForOllama(schema);
        (export.Refusal is null).Should().Be(export.IsExportable && export.Schema is not null);
        if (provider == "openai" && export.Schema is { } written)
        {
            OpenAiRules.Broken(written).Should().BeEmpty($"{schema.Source} is written as {written}");
        }

        return export;
    }

    /// <summary>Random schemas as arguments, so that OpenAI can have them.</summary>
    private static (CompiledSchema Schema, JsonObject Source)? TryMake(int seed)
    {
        JsonObject source = new RandomSchemas(seed).Make();
        JsonNode definitions = source["$defs"]!.DeepClone();
        source.Remove("$defs");
        var whole = new JsonObject
        {
            ["type"] = "object", ["properties"] = new JsonObject { ["p"] = source },
            ["required"] = seed % 2 == 0 ? new JsonArray("p") : [], ["$defs"] = definitions,
        };
        try
        {
            return (Schemas.Compile(whole.ToJsonString()), whole);
        }
        catch (InvalidSchemaException)
        {
            return null;
        }
    }

    private static int ProveSound(ProviderSchema export, CompiledSchema schema, int seed, int texts)
    {
        var written = CompiledSchema.Compile(export.Schema!.Value);
        var program = DecodingProgram.For(written);
        var writer = new RandomWriter(seed);
        int proved = 0;
        for (int i = 0; i < texts; i++)
        {
            byte[] text = writer.Write(program, budget: 200);
            if (written.IsValid(text))
            {
                ReadOnlyMemory<byte> read = export.Read(text);
                (schema.IsValid(read.Span) || export.Losses.Length > 0).Should().BeTrue(
                    $"{Encoding.UTF8.GetString(text)} is allowed by {export.Schema}, but read as {Encoding.UTF8.GetString(read.Span)} it is not valid for {schema.Source}");
                proved++;
            }
        }

        return proved;
    }

    private void ProveSound(string provider, int first, int schemas)
    {
        int exact = 0;
        int lossy = 0;
        int texts = 0;
        for (int seed = first; seed < first + schemas; seed++)
        {
            if (TryMake(seed) is { } made && Export(provider, made.Schema) is { IsExportable: true } export)
            {
                _ = export.Losses.IsEmpty ? exact++ : lossy++;
                texts += ProveSound(export, made.Schema, seed, texts: 4);
            }
        }

        output.WriteLine($"{exact} of {schemas} schemas exported without a loss, {lossy} with one; {texts} texts.");
        exact.Should().BeGreaterThan(schemas / 6);
    }

    private void ProveComplete(string provider, int first, int schemas)
    {
        int values = 0;
        for (int seed = first; seed < first + schemas; seed++)
        {
            if (TryMake(seed) is not { } made || Export(provider, made.Schema) is not { IsExportable: true, Narrowed.IsEmpty: true } export)
            {
                continue;
            }

            var written = CompiledSchema.Compile(export.Schema.Value);
            var maker = new RandomValues(seed, made.Source);
            for (int i = 0; i < 6; i++)
            {
                JsonNode? value = maker.Make(made.Source);
                if (!maker.IsAsChosen || !made.Schema.IsValid(Schemas.Value(value?.ToJsonString() ?? "null")))
                {
                    continue;
                }

                values++;
                IEnumerable<JsonNode?> ways = provider == "openai" ? StrictForms.Of(export.Schema.Value, value).Take(300) : [value];
                string[] forms = [.. ways.Select(form => form?.ToJsonString() ?? "null")];
                forms.Any(form => written.IsValid(Encoding.UTF8.GetBytes(form))).Should().BeTrue(
                    $"{value?.ToJsonString()} is valid for {made.Source.ToJsonString()} (seed {seed}), but not for {export.Schema}, nor is {forms.FirstOrDefault()}");
            }
        }

        output.WriteLine($"{values} values.");
        values.Should().BeGreaterThan(schemas / 6);
    }

    private void ProveTools(string provider, int everyNth)
    {
        int tools = 0;
        int exact = 0;
        int lossless = 0;
        var refused = new List<string>();
        var lost = new List<string>();
        foreach (CompiledSchema schema in CatalogueSchemas.Read(everyNth))
        {
            tools++;
            ProviderSchema export = Export(provider, schema);
            if (export.IsExportable)
            {
                exact += export.Losses.IsEmpty && export.Narrowed.IsEmpty ? 1 : 0;
                lossless += export.Losses.IsEmpty ? 1 : 0;
                lost.AddRange(export.Losses.Select(loss => $"lost {loss.Keyword}: {loss.Reason}").Distinct());
                lost.AddRange(export.Narrowed.Select(loss => $"narrowed {loss.Keyword}").Distinct());
                ProveSound(export, schema, seed: tools, texts: 1);
            }
            else
            {
                export.Refusal.Should().EndWith(".");
                refused.Add(export.Refusal);
            }
        }

        output.WriteLine($"{tools} tools: {exact} exact, {lossless} without a loss, {refused.Count} refused.");
        lost.Concat(refused.Select(reason => "refused: " + reason[(reason.IndexOf("' ", StringComparison.Ordinal) + 1)..])).GroupBy(line => line)
            .OrderByDescending(group => group.Count()).Take(15).ToList().ForEach(group => output.WriteLine($"{group.Count()} x {group.Key}"));
        exact.Should().BeGreaterThan(tools / 3);
    }
}
