using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bridge.Prompts;
using Bridge.Tools;

namespace Bridge.Evaluation.Records;

/// <summary>Reads one line as a record.</summary>
/// <param name="tools">Reads its tools.</param>
/// <param name="note">Hears what is left aside.</param>
internal sealed class RecordReader(RecordTools tools, Action<string> note)
{
    private static readonly string[] s_known = ["id", "category", "messages", "tools", "services", "check", "expected", "bfcl"];

    /// <summary>The tools of each server, for records that name <c>services</c> in place of tools.</summary>
    public ServerTools Servers { get; set; } = ServerTools.None;

    /// <summary>Reads a line.</summary>
    /// <param name="root">The line.</param>
    /// <param name="category">The category where the record names none.</param>
    /// <param name="id">The id, as soon as it is known.</param>
    /// <exception cref="RecordException">It is no record.</exception>
    public EvalRecord Read(JsonElement root, string category, out string? id)
    {
        id = null;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Broken("A record is a JSON object.");
        }

        id = Text(root, "id") ?? throw Broken("A record needs an 'id', a text.");
        foreach (JsonProperty member in root.EnumerateObject().Where(member => !s_known.Contains(member.Name)))
        {
            note($"The field '{member.Name}' is not known here and was ignored.");
        }

        Prompt prompt = ReadPrompt(root);
        bool named = root.TryGetProperty("services", out JsonElement services) && !root.TryGetProperty("tools", out _);
        JsonElement definitions = named ? Servers.Of(services) : Member(root, "tools");
        ImmutableArray<Tool> offered = named ? Servers.ToolsOf(services, definitions, tools, note) : tools.Read(definitions, note);
        JsonElement said = root.TryGetProperty("expected", out JsonElement found) ? found : default;
        bool plain = !root.TryGetProperty("check", out _) && !root.TryGetProperty("bfcl", out _);
        ImmutableArray<ExpectedCall> expected = ReadExpected(said, plain, toolsOnly: Text(root, "check") is "tools" or "some_tools");
        EvalCheck check = ReadCheck(root, expected);
        var record = new EvalRecord(id, Text(root, "category") ?? category, prompt, offered, check)
        {
            Expected = expected,
            Declared = check == EvalCheck.Calls ? ReadDeclared(root, expected, definitions) : ImmutableDictionary<string, DeclaredTool>.Empty,
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root.GetRawText())))[..16],
        };
        RefuseContradictions(record);
        return record;
    }

    private static Prompt ReadPrompt(JsonElement root)
    {
        try
        {
            return Prompt.FromMessages(OpenAiMessages.Read(Member(root, "messages")));
        }
        catch (PromptFormatException error)
        {
            throw Broken(error.Message);
        }
    }

    private static EvalCheck ReadCheck(JsonElement root, ImmutableArray<ExpectedCall> expected) => Text(root, "check") switch
    {
        "calls" => EvalCheck.Calls,
        "no_call" => EvalCheck.NoCall,
        "any_call" => EvalCheck.AnyCall,
        "tools" => EvalCheck.Tools,
        "some_tools" => EvalCheck.SomeTools,
        null when !root.TryGetProperty("check", out _) => expected.IsEmpty ? EvalCheck.NoCall : EvalCheck.Calls,
        _ => throw Broken("'check' must be 'calls', 'no_call', 'any_call', 'tools' or 'some_tools'."),
    };

    private static ImmutableArray<ExpectedCall> ReadExpected(JsonElement json, bool plain, bool toolsOnly) => json.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        JsonValueKind.Array => [.. json.EnumerateArray().Select(call => toolsOnly ? ReadExpectedTool(call) : ReadExpectedCall(call, plain))],
        _ => throw Broken("'expected' must be a list of calls, or null."),
    };

    private static ExpectedCall ReadExpectedCall(JsonElement json, bool plain)
    {
        if (json.ValueKind != JsonValueKind.Object || Text(json, "name") is not { } name
            || !json.TryGetProperty("arguments", out JsonElement arguments) || arguments.ValueKind != JsonValueKind.Object)
        {
            throw Broken("An expected call must have a 'name' and 'arguments', an object.");
        }

        return new ExpectedCall(name, [.. arguments.EnumerateObject().Select(argument => new ExpectedArgument(
            argument.Name,
            plain ? [argument.Value.Clone()]
            : argument.Value.ValueKind == JsonValueKind.Array
                ? [.. argument.Value.EnumerateArray().Select(value => value.Clone())]
                : throw Broken($"The accepted values of '{argument.Name}' must be a list.")))]);
    }

    private static ExpectedCall ReadExpectedTool(JsonElement json) =>
        new(Text(json, "name") ?? throw Broken("An expected tool must be an object with a 'name'."), []);

    private static ImmutableDictionary<string, DeclaredTool> ReadDeclared(JsonElement root, ImmutableArray<ExpectedCall> expected, JsonElement offered)
    {
        bool declared = root.TryGetProperty("bfcl", out JsonElement types) && types.ValueKind == JsonValueKind.Object;
        var found = ImmutableDictionary.CreateBuilder<string, DeclaredTool>(StringComparer.Ordinal);
        foreach (string name in expected.Select(call => call.Name).Distinct())
        {
            try
            {
                found[name] = declared && types.TryGetProperty(name, out JsonElement type)
                    ? DeclaredTool.Read(type)
                    : DeclaredTool.OfSchema(SchemaOf(offered, name));
            }
            catch (FormatException error)
            {
                throw Broken($"The tool '{name}': {error.Message}");
            }
        }

        return found.ToImmutable();
    }

    private static JsonElement SchemaOf(JsonElement tools, string name)
    {
        JsonElement tool = tools.EnumerateArray().FirstOrDefault(tool => Text(tool, "name") == name);
        return tool.ValueKind == JsonValueKind.Object && tool.TryGetProperty("inputSchema", out JsonElement schema) ? schema : default;
    }

    private static void RefuseContradictions(EvalRecord record)
    {
        string? contradiction = record.Check switch
        {
            EvalCheck.NoCall or EvalCheck.AnyCall => record.Expected.IsEmpty ? null : $"'check' is '{NameOf(record.Check)}', and calls are expected.",
            _ when record.Expected.IsEmpty => $"'check' is '{NameOf(record.Check)}', and no call is expected.",
            _ => record.Expected
                .Where(call => !record.Tools.Any(tool => tool.Id.Name == call.Name))
                .Select(call => $"A call of '{call.Name}' is expected, and that tool is not offered.")
                .Concat(record.Expected.Where(_ => !record.IsToolChoice).SelectMany(call => Missing(call, record.Declared[call.Name])))
                .FirstOrDefault(),
        };
        if (contradiction is not null)
        {
            throw new RecordException(RecordProblemKind.Contradictory, contradiction);
        }
    }

    private static string NameOf(EvalCheck check) => JsonNamingPolicy.SnakeCaseLower.ConvertName(check.ToString());

    private static IEnumerable<string> Missing(ExpectedCall call, DeclaredTool declared) => declared.Required
        .Where(required => !call.Arguments.Any(argument => argument.Name == required))
        .Select(required => $"The expected call of '{call.Name}' has no value for '{required}', which is required: no call can be right.");

    private static JsonElement Member(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value : throw Broken($"A record needs '{name}'.");

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static RecordException Broken(string message) => new(RecordProblemKind.Broken, message);
}
