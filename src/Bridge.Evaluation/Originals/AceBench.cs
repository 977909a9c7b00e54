using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Evaluation.Reading;

namespace Bridge.Evaluation.Originals;

/// <summary>ACEBench: JSON Lines with <c>question</c> and <c>function</c>; the answers lie in <c>possible_answer/SAME_NAME</c>.</summary>
/// <remarks>Its tasks for agents are played in an environment that it simulates; they are left aside.</remarks>
internal sealed class AceBench : IRecordForm
{
    private const string AnswersFolder = "possible_answer";

    public string Name => "ACEBench (JSON Lines with 'question' and 'function', answers in 'possible_answer/SAME_NAME')";

    public bool Matches(FileHead head) => !head.IsList && head.Has("question", "function");

    public async Task<OriginalSet> ReadAsync(string file, CancellationToken cancellationToken)
    {
        ILookup<string, JsonElement> answers = await ReadAnswersAsync(file, cancellationToken).ConfigureAwait(false);
        var records = ImmutableArray.CreateBuilder<OriginalRecord>();
        int played = 0;
        await foreach ((int number, string line) in TextFile.LinesAsync(file, cancellationToken).ConfigureAwait(false))
        {
            string? id = null;
            try
            {
                JsonElement json = JsonElement.Parse(line);
                id = JsonList.Text(json, "id") ?? throw new OriginalException("A record of ACEBench needs an 'id', a text.");
                if (json.TryGetProperty("initial_config", out _))
                {
                    played++;
                    continue;
                }

                records.Add(new OriginalRecord(number, id) { Json = Convert(json, id, answers[id]).ToJsonString() });
            }
            catch (JsonException error)
            {
                records.Add(new OriginalRecord(number, id) { Problem = $"The line is not JSON: {error.Message}" });
            }
            catch (OriginalException error)
            {
                records.Add(new OriginalRecord(number, id) { Problem = error.Message, Contradictory = error.Contradictory });
            }
        }

        return new OriginalSet(records.ToImmutable())
        {
            Notes = played == 0 ? [] : [$"{played} tasks of '{Path.GetFileName(file)}' are played in an environment that ACEBench simulates, and were left aside."],
        };
    }

    private static JsonObject Convert(JsonElement json, string id, IEnumerable<JsonElement> answers)
    {
        string question = JsonList.Text(json, "question") ?? throw new OriginalException("A record of ACEBench needs a 'question', a text.");
        JsonArray tools = json.TryGetProperty("function", out JsonElement functions) && functions.ValueKind == JsonValueKind.Array
            ? [.. functions.EnumerateArray().Select(Tool)]
            : throw new OriginalException("A record of ACEBench needs 'function', a list of tools.");
        JsonElement[] said = [.. answers.DistinctBy(answer => answer.GetRawText())];
        var truth = said.Length == 1
            ? AceAnswer.Read(said[0], tools)
            : throw new OriginalException(said.Length == 0
                ? $"'{AnswersFolder}' has no answer with this id."
                : $"'{AnswersFolder}' has {said.Length} answers with this id, and they differ.", contradictory: said.Length > 1);
        return new JsonObject
        {
            ["id"] = id,
            ["category"] = CategoryOf(id),
            ["messages"] = AceQuestion.Messages(question, JsonList.Text(json, "time"), JsonList.Text(json, "profile")),
            ["tools"] = tools,
            ["check"] = truth.Count == 0 ? "no_call" : "calls",
            ["expected"] = truth,
        };
    }

    // Some files say 'arguments' where others say 'parameters'.
    private static JsonObject Tool(JsonElement function)
    {
        string name = JsonList.Text(function, "name") ?? throw new OriginalException("A tool in 'function' needs a 'name'.");
        var tool = new JsonObject { ["name"] = name, ["description"] = JsonList.Text(function, "description") };
        if (function.TryGetProperty("parameters", out JsonElement schema) || function.TryGetProperty("arguments", out schema))
        {
            tool["inputSchema"] = DialectSchema.Convert(schema);
        }

        return tool;
    }

    private static async Task<ILookup<string, JsonElement>> ReadAnswersAsync(string file, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Path.GetDirectoryName(file) ?? "", AnswersFolder, Path.GetFileName(file));
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"'{file}' is of ACEBench, and its answers are looked for in '{path}': there is no such file.");
        }

        var answers = new List<(string Id, JsonElement Truth)>();
        await foreach ((int number, string line) in TextFile.LinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            answers.Add(ReadAnswer(line, $"{path}, line {number}"));
        }

        return answers.ToLookup(answer => answer.Id, answer => answer.Truth, StringComparer.Ordinal);
    }

    private static (string Id, JsonElement Truth) ReadAnswer(string line, string place)
    {
        try
        {
            JsonElement json = JsonElement.Parse(line);
            return JsonList.Text(json, "id") is { } id && json.TryGetProperty("ground_truth", out JsonElement truth)
                ? (id, truth)
                : throw new InvalidDataException($"{place}: an answer of ACEBench needs an 'id' and a 'ground_truth'.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{place} is not JSON: {error.Message}");
        }
    }

    // "normal_multi_turn_user_switch_3_1" is of "normal_multi_turn_user_switch".
    private static string CategoryOf(string id) => id.TrimEnd("_0123456789".ToCharArray()) is { Length: > 0 } category ? category : id;
}
