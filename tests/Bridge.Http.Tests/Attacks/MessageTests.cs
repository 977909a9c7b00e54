using System.Net;
using System.Text.Json.Nodes;
using Bridge.Catalog;
using Bridge.Http.Tests.Fixtures;
using Bridge.Identity;
using Bridge.TestKit;
using Bridge.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Http.Tests.Attacks;

/// <summary>Messages that were made to be read in two ways, and ids that were made to meet.</summary>
public sealed class MessageTests : IAsyncDisposable
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    private readonly FakeToolSource _source = new("fake");

    public static TheoryData<string, string> Broken => new()
    {
        { "raw NUL", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\0" },
        { "byte order mark", "\uFEFF" + Ping },
        { "half of a surrogate pair", """{"jsonrpc":"2.0","id":"\ud800","method":"ping"}""" },
        { "10,000 levels", $$"""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":{{new string('[', 10_000)}}{{new string(']', 10_000)}}} }""" },
        { "number without end", """{"jsonrpc":"2.0","id":1e400,"method":"ping"}""" },
        { "id with a fraction", """{"jsonrpc":"2.0","id":1.0,"method":"ping"}""" },
        { "id beyond 64 bits", """{"jsonrpc":"2.0","id":92233720368547758080,"method":"ping"}""" },
        { "batch", $"[{Ping},{Ping}]" },
        { "arguments in two spellings", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"fake__add","arguments":{},"Arguments":{}}}""" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    [Trait("Attack", "J1")]
    [Trait("Attack", "J4")]
    public async Task Post_BrokenMessage_IsRefusedAndTheSessionLivesOn(string what, string message)
    {
        await using GatewayHost gateway = await StartAsync();
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);

        using HttpResponseMessage response = await raw.SendAsync(HttpMethod.Post, message);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest, what);
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]!.GetValue<int>().Should().BeOneOf(-32700, -32600, -32602);
        (await raw.PostAsync(Ping)).Single()["result"].Should().NotBeNull();
    }

    [Fact]
    [Trait("Attack", "J3")]
    public async Task Post_SameIdsOfTwoClientsAtOnce_EachGetsItsOwnAnswer()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator());
        using RawMcp one = await RawMcp.OpenAsync(gateway.Host), two = await RawMcp.OpenAsync(gateway.Host);
        static string Add(string id, int a) =>
            $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"calculator__add","arguments":{"a":{{{a}}},"b":0} } }""";

        for (int round = 0; round < 20; round++)
        {
            (RawMcp Client, string Id, int Sum)[] sent =
                [(one, "0", 1), (two, "0", 2), (one, "\"0\"", 3), (two, "\"0\"", 4), (one, "9223372036854775807", 5)];
            JsonNode[][] answers = await Task.WhenAll(sent.Select(call => call.Client.PostAsync(Add(call.Id, call.Sum))));

            answers.Select(answer => answer.Single()["id"]!.ToJsonString()).Should().Equal(sent.Select(call => call.Id));
            answers.Select(answer => answer.Single()["result"]!["content"]![0]!["text"]!.GetValue<string>()).Should().Equal("1", "2", "3", "4", "5");
        }
    }

    [Fact]
    [Trait("Attack", "J3")]
    public async Task Post_IdThatIsInUse_IsRefusedAndTheFirstIsAnswered()
    {
        var began = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        _source.Add("wait", async (_, _, _) =>
        {
            began.TrySetResult();
            await goOn.Task;
            return ToolResult.FromText("first");
        });
        await using GatewayHost gateway = await StartAsync();
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);
        const string Wait = """{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"fake__wait","arguments":{}}}""";

        Task<JsonNode[]> first = raw.PostAsync(Wait);
        await began.Task.WaitAsync(GatewayHost.Patience);
        JsonNode[] second = await raw.PostAsync(Wait);
        goOn.SetResult();

        second.Single()["error"]!["code"]!.GetValue<int>().Should().Be(-32600);
        (await first).Single()["result"]!["content"]![0]!["text"]!.GetValue<string>().Should().Be("first");
        _source.Calls.Should().ContainSingle();
    }

    [Theory]
    [InlineData("99")]
    [InlineData("\"b1\"")]
    [Trait("Attack", "J5")]
    public async Task Post_AnswerToNoQuestion_IsDropped(string id)
    {
        await using GatewayHost gateway = await StartAsync();
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);

        using HttpResponseMessage response = await raw.SendAsync(HttpMethod.Post, $$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"action":"accept"} }""");

        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await raw.PostAsync(Ping)).Single()["result"].Should().NotBeNull();
    }

    [Fact]
    [Trait("Attack", "S1")]
    public async Task PostToAStream_SessionOfSomebodyElse_IsNotFound()
    {
        await using GatewayHost gateway = await StartAsync();
        string other = (await gateway.Host.Keys.CreateAsync("other", KeyScopes.Default, lifetime: null, CancellationToken.None)).Text;
        using RawMcp mine = RawMcp.Create(gateway.Host, "/sse");
        using StreamReader stream = await mine.ListenAsync();
        await stream.ReadLineAsync();
        string path = (await stream.ReadLineAsync())!["data: ".Length..];
        using RawMcp theirs = RawMcp.Create(gateway.Host, path, other), again = RawMcp.Create(gateway.Host, path);

        using HttpResponseMessage stolen = await theirs.SendAsync(HttpMethod.Post, Ping);
        using HttpResponseMessage own = await again.SendAsync(HttpMethod.Post, Ping);

        path.Should().StartWith("/sse/message?sessionId=");
        stolen.StatusCode.Should().Be(HttpStatusCode.NotFound);
        own.StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    [Fact]
    [Trait("Attack", "H10")]
    public async Task Post_FormOfAForeignPage_Is415()
    {
        await using GatewayHost gateway = await StartAsync();
        foreach (string path in (string[])["/mcp", "/mcp/fake", "/sse/message"])
        {
            using var content = new StringContent(Ping, System.Text.Encoding.UTF8, "text/plain");
            using HttpResponseMessage response = await gateway.Host.Client.PostAsync(new Uri(path, UriKind.Relative), content);

            response.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType, path);
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private Task<GatewayHost> StartAsync()
    {
        _source.Add("add");
        return GatewayHost.StartAsync(static _ => { }, services => services.AddSingleton<IToolSourceProvider>(new FixedSources([_source])));
    }
}
