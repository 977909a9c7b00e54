using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Signatures;
using Bridge.TestKit;

namespace Bridge.Schemas.Tests.Signatures;

/// <summary>How long signatures are beside the schemas they stand for, over the tools of real servers.</summary>
public class SignatureSizeTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Write_RealTools_AreAFractionOfTheirSchemas()
    {
        List<Row> rows = [.. Rows(TestData.Require("eval/mcp-catalogue/tools.jsonl"))];
        Func<Row, string>[] forms =
            [row => row.Schema, row => row.Parameters, row => row.Undescribed, row => row.Whole, row => row.Signature, row => row.Content, row => row.Descriptions];
        Size[] sizes = await SizesAsync(NpmPackages.Script("count-tokens.mjs"), [.. forms.Select(form => rows.ConvertAll(row => form(row)))]);
        (Size schema, Size parameters, Size undescribed) = (sizes[0], sizes[1], sizes[2]);
        (Size whole, Size signature, Size content, Size descriptions) = (sizes[3], sizes[4], sizes[5], sizes[6]);

        output.WriteLine($"{rows.Count} tools. Schemas: {schema}.");
        output.WriteLine($"Signatures of the parameters: {parameters} = {parameters.Of(schema)} of the schemas.");
        output.WriteLine($"The same without descriptions of parameters: {undescribed} = {undescribed.Of(schema)}.");
        output.WriteLine($"Only names, values, defaults and what descriptions add, which no form can drop: {content} = {content.Of(schema)}; the descriptions alone {descriptions.Of(schema)}.");
        output.WriteLine($"Whole tools as an API sends them: {whole}. Whole signatures: {signature} = {signature.Of(whole)}.");

        // Measured: 0.40 and 0.42. A third is out of reach: what no form can drop is 0.34 and 0.31 before any type is written.
        parameters.Over(schema).Characters.Should().BeLessThan(0.42);
        parameters.Over(schema).Tokens.Should().BeLessThan(0.44);
        undescribed.Over(schema).Characters.Should().BeLessThan(0.2);
        undescribed.Over(schema).Tokens.Should().BeLessThan(0.22);
    }

    private static IEnumerable<Row> Rows(string file)
    {
        foreach (string line in File.ReadLines(file))
        {
            var tool = JsonNode.Parse(line)!.AsObject();
            JsonNode schema = tool["inputSchema"]!;
            CompiledSchema compiled;
            try
            {
                compiled = CompiledSchema.Compile(JsonElement.Parse(schema.ToJsonString()));
            }
            catch (InvalidSchemaException)
            {
                continue;
            }

            string name = tool["name"]!.GetValue<string>();
            string description = tool["description"]?.GetValue<string>() ?? "";
            var sent = new JsonObject { ["name"] = name, ["description"] = description, ["input_schema"] = schema.DeepClone() };
            var content = new List<string>();
            var descriptions = new List<string>();
            Collect(ToolParameter.Of(compiled), content, descriptions);
            yield return new Row(
                schema.ToJsonString(s_relaxed), ToolSignature.Write("", "", compiled), ToolSignature.Write("", "", compiled, describe: false),
                sent.ToJsonString(s_relaxed), ToolSignature.Write(name, description, compiled),
                string.Join(' ', content), string.Join(' ', descriptions));
        }
    }

    private static void Collect(ToolParameter parameter, List<string> content, List<string> descriptions)
    {
        content.AddRange(parameter.Name.Length > 0 ? [parameter.Name] : []);
        string[] said = SignatureDescription.Of(parameter with { Item = null }) is { } text ? [text] : [];
        content.AddRange(said);
        descriptions.AddRange(said);
        content.AddRange(parameter.Values.Select(value => value.ToString()));
        content.AddRange(parameter.Default is { } fallback ? [fallback.ToString()] : []);
        foreach (ToolParameter part in parameter.Properties.Concat(parameter.Others).Concat(parameter.Prefix).Concat(parameter.Alternatives))
        {
            Collect(part, content, descriptions);
        }

        if (parameter.Item is { } item)
        {
            Collect(item, content, descriptions);
        }
    }

    private static async Task<Size[]> SizesAsync(string script, IReadOnlyList<List<string>> forms)
    {
        using Process node = Process.Start(new ProcessStartInfo("node", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Task<string> counted = node.StandardOutput.ReadToEndAsync();
        foreach (string text in forms.SelectMany(texts => texts))
        {
            await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(text));
        }

        node.StandardInput.Close();
        long[] tokens = [.. (await counted).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
        tokens.Should().HaveCount(forms.Sum(texts => texts.Count));
        return [.. forms.Select((texts, form) => new Size(texts.Sum(text => (long)text.Length), tokens.Skip(form * texts.Count).Take(texts.Count).Sum()))];
    }

    private sealed record Row(string Schema, string Parameters, string Undescribed, string Whole, string Signature, string Content, string Descriptions);

    private readonly record struct Size(long Characters, long Tokens)
    {
        public string Of(Size whole) => string.Create(
            CultureInfo.InvariantCulture, $"{(double)Characters / whole.Characters:P1} of the characters, {(double)Tokens / whole.Tokens:P1} of the tokens");

        public (double Characters, double Tokens) Over(Size whole) => ((double)Characters / whole.Characters, (double)Tokens / whole.Tokens);

        public override string ToString() => $"{Characters} characters, {Tokens} tokens";
    }
}
