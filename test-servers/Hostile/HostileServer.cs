using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TestServers.Hostile;

/// <summary>Answers MCP over stdio, badly, in the way its mode says.</summary>
internal sealed class HostileServer(string mode)
{
    private readonly Stream _output = Console.OpenStandardOutput();
    private int _grandchild;
    private JsonNode? _waiting;

    public async Task<int> RunAsync()
    {
        switch (mode)
        {
            case "exit-at-once":
                await Console.Error.WriteLineAsync("fatal: the licence key is missing");
                return 3;
            case "flood-stderr":
                Flood(Console.OpenStandardError(), 20_000_000);
                break;
            case "stubborn":
                using (Process child = Process.Start("sleep", "600"))
                {
                    _grandchild = child.Id;
                }

                break;
        }

        using PosixSignalRegistration? deaf = mode == "stubborn" ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true) : null;
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync() is { } line)
        {
            if (mode == "garbage")
            {
                Write("Listening on stdio... \u001b[32mready\u001b[0m\n{\"not\": \"json rpc\"}\n[1,2\n\n");
            }

            JsonNode message = JsonNode.Parse(line)!;
            if (message["method"]?.GetValue<string>() is { } method && message["id"] is { } id)
            {
                await AnswerAsync(method, id, message["params"]);
            }
            else if (message["id"]?.ToString() == "mine")
            {
                Text(_waiting!, $"told {message["error"]?["code"]}");
            }
        }

        if (mode == "stubborn")
        {
            await Task.Delay(Timeout.Infinite);
        }

        return 0;
    }

    private async Task AnswerAsync(string method, JsonNode id, JsonNode? parameters)
    {
        switch (method)
        {
            case "server/discover" when mode == "hang-discover":
                break; // servers that drop what they do not know
            case "server/discover" when mode == "empty-discover":
                Result(id, "{}");
                break;
            case "server/discover" when mode == "wrong-discover":
                Result(id, "\"yes\"");
                break;
            case "server/discover" when mode == "dies-of-discover":
                Environment.Exit(4);
                break;
            case "server/discover" when mode == "other-revision":
                Error(id, -32022, "Unsupported protocol version", """{"supported":["2025-06-18","2025-11-25"],"requested":"2026-07-28"}""");
                break;
            case "initialize" when HostileRounds.IsNewest(mode):
                Error(id, -32601, "Unknown method");
                break;
            case "tools/call" when HostileRounds.Answer(mode, parameters!) is { } asks:
                Result(id, asks);
                break;
            case "server/discover" when HostileRounds.IsNewest(mode):
                Result(id, """{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"serverInfo":{"name":"hostile","version":"1"},"ttlMs":0,"cacheScope":"private"}""");
                break;
            case "initialize" when mode != "hang-initialize":
                string version = mode == "old-version" ? "2024-11-05" : parameters!["protocolVersion"]!.GetValue<string>();
                Result(id, $$$"""{"protocolVersion":"{{{version}}}","capabilities":{"tools":{"listChanged":true}},"serverInfo":{"name":"hostile","version":"1"}}""");
                break;
            case "tools/list" when mode != "hang-list":
                Result(id, Tools(parameters));
                break;
            case "tools/call" when mode != "hang-call":
                await CallAsync(id, parameters!);
                break;
            case "initialize" or "tools/list" or "tools/call":
                break; // no answer, ever
            default:
                Error(id, -32601, "Unknown method");
                break;
        }
    }

    private string Tools(JsonNode? parameters)
    {
        const string Any = """{"type":"object","properties":{"text":{"type":"string"}}}""";
        string Tool(string name, string schema, string more = "") => $$"""{"name":"{{name}}","description":"{{name}}","inputSchema":{{schema}}{{more}}}""";
        string[] tools = mode switch
        {
            "broken-schema" =>
            [
                Tool("good", Any),
                Tool("array", """{"type":"array"}"""),
                """{"name":"none","description":"no schema"}""",
                Tool("text", "\"object\""),
                Tool("", Any),
                Tool("also-good", Any),
            ],
            "hostile-schemas" => [Tool("good", Any), .. HostileSchemas.All.Select(entry => Tool(entry.Name, entry.Schema)), HostileSchemas.CutShort, Tool("also-good", Any)],
            "duplicates" => [Tool("same", Any), Tool("other", Any), Tool("same", """{"type":"object"}""")],
            "lies" => [Tool("delete_all", Any, ""","annotations":{"readOnlyHint":true,"destructiveHint":true,"title":"Nice"}""")],
            "pages" when parameters?["cursor"] is null => [Tool("first", Any)],
            _ => [Tool("echo", Any)],
        };
        string next = mode switch
        {
            "endless-list" => ""","nextCursor":"again" """,
            "pages" when parameters?["cursor"] is null => ""","nextCursor":"2" """,
            _ => "",
        };
        return $$"""{"tools":[{{string.Join(',', tools)}}]{{next}}}""";
    }

    private async Task CallAsync(JsonNode id, JsonNode parameters)
    {
        string text = parameters["arguments"]?["text"]?.GetValue<string>() ?? "";
        switch (mode)
        {
            case "exit-mid-call":
                await Console.Error.WriteLineAsync("panic: out of cheese");
                Environment.Exit(7);
                break;
            case "endless-line":
                Write("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"");
                Flood(_output, long.MaxValue);
                break;
            case "big-result":
                Text(id, new string('x', 50_000_000));
                break;
            case "bad-utf8":
                Write("{\"jsonrpc\":\"2.0\",\"id\":" + id.ToJsonString() + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"a");
                await _output.WriteAsync(new byte[] { 0xFF, 0xC3, 0x28 });
                Write("b\"}]}}\n");
                break;
            case "hang-on-wait" when text == "wait":
                await Console.Error.WriteLineAsync("waiting for ever");
                break;
            case "on-demand" when text.StartsWith('!'):
                await FailAsync(text);
                break;
            case "asks-by-itself":
                Write("{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"method\":\"sampling/createMessage\",\"params\":{\"messages\":[],\"maxTokens\":1}}\n");
                _waiting = id.DeepClone();
                break;
            case "refuse":
                Error(id, -32602, "No such thing");
                break;
            case "nonsense":
                Result(id, """{"content":"five"}""");
                break;
            case "environment":
                Text(id, JsonSerializer.Serialize(Environment.GetEnvironmentVariables()));
                break;
            case "folder":
                Text(id, Environment.CurrentDirectory);
                break;
            default:
                Text(id, text.Length > 0 ? text : $"{Environment.ProcessId} {_grandchild}");
                break;
        }
    }

    // A fault at a moment that a test chooses; what comes next is answered as if nothing had been, where it is read at all.
    private async Task FailAsync(string fault)
    {
        switch (fault)
        {
            case "!die":
                Environment.Exit(9);
                break;
            case "!hang":
                await Task.Delay(Timeout.Infinite);
                break;
            case "!errors":
                Flood(Console.OpenStandardError(), 50_000_000);
                break;
            case "!garbage":
                Write("ready\n{\"not\": \"json rpc\"}\n[1,2\n\n\0\u0001}\n{\"jsonrpc\":\"2.0\",\"id\":\"b999999\",\"result\":{}}\n");
                break;
            case "!line":
                Flood(_output, 1L << 30);
                Write("\n");
                break;
        }
    }

    private void Text(JsonNode id, string text) =>
        Result(id, $$$"""{"content":[{"type":"text","text":{{{JsonSerializer.Serialize(text)}}}}]}""");

    private void Result(JsonNode id, string result) => Write($$$"""{"jsonrpc":"2.0","id":{{{id.ToJsonString()}}},"result":{{{result}}}}""" + "\n");

    private void Error(JsonNode id, int code, string message, string data = "null") =>
        Write($$$"""{"jsonrpc":"2.0","id":{{{id.ToJsonString()}}},"error":{"code":{{{code}}},"message":"{{{message}}}","data":{{{data}}}}}""" + "\n");

    private void Write(string text)
    {
        _output.Write(Encoding.UTF8.GetBytes(text));
        _output.Flush();
    }

    private static void Flood(Stream stream, long bytes)
    {
        byte[] block = new byte[65536];
        Array.Fill(block, (byte)'x');
        for (long written = 0; written < bytes; written += block.Length)
        {
            stream.Write(block);
        }

        stream.Flush();
    }
}
