using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using Bridge.Mcp.Pipes;

namespace Bridge.Http.Tests.Gateway;

/// <summary>Clients on pipes that a relay carries to a gateway over HTTP.</summary>
public sealed class RelayTests
{
    private const string Meta = """ "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}} """;

    [Fact]
    public async Task Call_WithoutASession_HasTheHeadersThatAPipeHasNot()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        var up = new Pipe();
        var down = new Pipe();
        await using var relay = new PipeRelay(_ => Task.FromResult<RelayTarget?>(Target(gateway)), down.Writer.AsStream(), TimeProvider.System);
        Task<bool> running = relay.RunAsync(up.Reader.AsStream(), CancellationToken.None);
        using var answers = new StreamReader(down.Reader.AsStream());

        await AskAsync(up, answers, """{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{""" + Meta + "}}");
        await AskAsync(up, answers, """{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{""" + Meta + "}}");
        JsonNode called = await AskAsync(
            up, answers, """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"fixture__test_mirrored","arguments":{"region":"Zürich","count":2},""" + Meta + "}}");
        await up.Writer.CompleteAsync();

        called["result"]!["content"]![0]!["text"]!.GetValue<string>().Should().Be("Zürich 2", called.ToJsonString());
        (await running.WaitAsync(GatewayHost.Patience)).Should().BeTrue();
    }

    private static RelayTarget Target(GatewayHost gateway)
    {
        var http = new HttpClient(new RelayHandler(new SocketsHttpHandler()));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gateway.Host.Key);
        return new RelayTarget(new Uri(gateway.Host.Address, "/mcp"), http);
    }

    private static async Task<JsonNode> AskAsync(Pipe up, StreamReader answers, string message)
    {
        await up.Writer.WriteAsync(Encoding.UTF8.GetBytes(message + "\n"));
        return JsonNode.Parse((await answers.ReadLineAsync().WaitAsync(GatewayHost.Patience))!)!;
    }
}
