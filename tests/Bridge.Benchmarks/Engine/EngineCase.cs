using System.Text.Json;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Benchmarks.Engine;

/// <summary>A question, the tools offered with it, and the call that is its reference answer.</summary>
internal sealed record EngineCase(EngineTools Tools, string Question, string Body)
{
    /// <summary>Reads questions with one expected call whose values are plain, eight tools around each, drawn by a seed.</summary>
    public static List<EngineCase> Draw(string folder, LlamaModel model, int sets, int seed)
    {
        List<(string Question, Tool Tool, JsonElement Call)> records = [.. new[] { "simple_python", "multiple", "live_simple", "live_multiple" }
            .SelectMany(file => File.ReadLines(Path.Combine(folder, $"{file}.jsonl"))).Select(Read).OfType<(string, Tool, JsonElement)>()
            .DistinctBy(record => record.Item2.Id)];
        var random = new Random(seed);
        var cases = new List<EngineCase>();
        for (int set = 0; set < sets; set++)
        {
            (string Question, Tool Tool, JsonElement Call)[] chosen = random.GetItems(records.ToArray(), 64).DistinctBy(record => record.Tool.Id).Take(8).ToArray();
            var tools = new EngineTools(Shortlist.Of([.. chosen.Select(record => record.Tool)]), model);
            cases.AddRange(chosen.Select((record, i) => new EngineCase(tools, record.Question, tools.Body(i, record.Call))).Where(one => one.IsDecodable()));
        }

        return cases;
    }

    /// <summary>The guesses of the caller that needs no model.</summary>
    public IDraftSource Drafts() => new PromptDrafts(Tools.Guess(Question), Question);

    private bool IsDecodable()
    {
        byte[] body = System.Text.Encoding.UTF8.GetBytes(Body);
        return Tools.Tokens.Program.Body(0).Start.Take(body, out Bridge.Schemas.Decoding.DecodingState end) == body.Length && end.CanEnd;
    }

    private static (string Question, Tool Tool, JsonElement Call)? Read(string line)
    {
        JsonElement record = JsonElement.Parse(line);
        JsonElement messages = record.GetProperty("messages");
        if (messages.GetArrayLength() != 1 || record.GetProperty("expected").GetArrayLength() != 1)
        {
            return null;
        }

        JsonElement expected = record.GetProperty("expected")[0];
        string name = expected.GetProperty("name").GetString()!;
        JsonElement definition = record.GetProperty("tools").EnumerateArray().First(tool => tool.GetProperty("name").GetString() == name);
        var arguments = new Dictionary<string, JsonElement>();
        foreach (JsonProperty argument in expected.GetProperty("arguments").EnumerateObject())
        {
            JsonElement first = argument.Value[0];
            if (first.ValueKind == JsonValueKind.Object)
            {
                return null; // alternatives within objects are written in a form of their own
            }

            // An empty alternative says that the argument may be left out.
            if (!argument.Value.EnumerateArray().Any(value => value.ValueKind == JsonValueKind.String && value.GetString() == ""))
            {
                arguments[argument.Name] = first;
            }
        }

        return (messages[0].GetProperty("content").GetString()!,
            Tool.Create(new ToolId("bfcl", name), definition.GetProperty("description").GetString(), definition.GetProperty("inputSchema")),
            JsonSerializer.SerializeToElement(arguments));
    }
}
