using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests;

/// <summary>The file that a user has already, with three servers of others in it, and what the user then does.</summary>
public sealed class EverydayServersTests : IDisposable
{
    private readonly BridgeProcess _bridge = new();
    private readonly TemporaryFolder _files = new();

    public EverydayServersTests()
    {
        _files.Write("notes.txt", "Buy milk and bread.");
        _bridge.Write("mine/mcp.json", new JsonObject
        {
            ["mcpServers"] = new JsonObject
            {
                ["filesystem"] = Server("server-filesystem", _files.Path),
                ["memory"] = Server("server-memory"),
                ["everything"] = Server("server-everything", "stdio"),
            },
        }.ToJsonString());
    }

    [Fact]
    public async Task Tools_ThreeServers_ListsAndSearchesThem()
    {
        (int code, string output, string error) = await RunAsync("tools");
        (_, string found, _) = await RunAsync("tools", "search", "sum");

        code.Should().Be(0, error);
        error.Should().BeEmpty("every server started");
        output.Should().ContainAll("filesystem/read_text_file", "memory/create_entities", "everything/get-sum");
        found.Should().StartWith("everything/get-sum");
    }

    [Fact]
    public async Task Call_EachServer_ValidatesRunsAndPrints()
    {
        string notes = new JsonObject { ["path"] = Path.Combine(_files.Path, "notes.txt") }.ToJsonString();
        string written = new JsonObject { ["path"] = Path.Combine(_files.Path, "new.txt"), ["content"] = "olá" }.ToJsonString();

        (await RunAsync("call", "read_text_file", notes)).Output.Trim().Should().Be("Buy milk and bread.");
        (await RunAsync("call", "everything/get-sum", """{"a":2,"b":3}""")).Output.Should().Contain("5");
        (int wrong, _, string error) = await RunAsync("call", "get-sum", """{"a":2,"b":"x"}""");
        (wrong, error).Should().Match<(int Code, string Error)>(result => result.Code == 2 && result.Error.Contains("'b'"));
        (await RunAsync("call", "write_file", written)).Code.Should().Be(3, "the server says that the tool may destroy");
        (await RunAsync("call", "write_file", written, "--yes")).Code.Should().Be(0);
        (await File.ReadAllTextAsync(Path.Combine(_files.Path, "new.txt"))).Should().Be("olá");
    }

    [Fact]
    public async Task Ask_FileAndEcho_ChoosesAmongAllTools()
    {
        (int read, string notes, string error) = await RunAsync("ask", $"Read the file {_files.Path}/notes.txt");
        (int echo, string echoed, _) = await RunAsync("ask", "Echo the message 'hello world'");
        (int none, string nothing, _) = await RunAsync("ask", "What is the capital of France?");

        read.Should().Be(0, error);
        notes.Should().Contain("Buy milk and bread.");
        echo.Should().Be(0);
        echoed.Should().StartWith("""echo {"message":"hello world"}""");
        none.Should().Be(0);
        nothing.Should().Contain("no tool");
    }

    public void Dispose()
    {
        _bridge.Dispose();
        _files.Dispose();
    }

    private JsonObject Server(string name, params string[] arguments) => new()
    {
        ["command"] = "node",
        ["args"] = new JsonArray([.. arguments.Prepend(NpmPackages.Server(name)).Select(argument => (JsonNode)argument)]),
        ["env"] = new JsonObject { ["MEMORY_FILE_PATH"] = Path.Combine(_files.Path, "memory.jsonl") },
    };

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] line) => _bridge.RunAsync([.. line, "--config", "mine"]);
}
