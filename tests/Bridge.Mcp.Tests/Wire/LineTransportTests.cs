using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Tests.Wire;

public sealed class LineTransportTests : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Pipe _toServer = new(), _fromServer = new();
    private readonly LineTransport _transport;

    public LineTransportTests() =>
        _transport = new LineTransport(_toServer.Writer.AsStream(), _fromServer.Reader.AsStream(), 1024, NullLogger.Instance);

    public async ValueTask DisposeAsync()
    {
        await _fromServer.Writer.CompleteAsync();
        await _transport.DisposeAsync();
    }

    [Fact]
    public async Task MessageReader_GarbageBetweenMessages_PassesTheMessagesInOrder()
    {
        await _transport.ConnectAsync();
        await SayAsync("Listening on stdio\n{\"jsonrpc\":\"2.0\",\"method\":\"first\"}\r\n\n{\"half\":\n{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"ok\":true}}\n"u8.ToArray());

        (await NextAsync()).Should().BeOfType<JsonRpcNotification>().Which.Method.Should().Be("first");
        (await NextAsync()).Should().BeOfType<JsonRpcResponse>().Which.Result!.ToJsonString().Should().Be("{\"ok\":true}");
    }

    [Fact]
    public async Task MessageReader_MessagesInPieces_AreWhole()
    {
        await _transport.ConnectAsync();
        Task saying = SayInPiecesAsync("{\"jsonrpc\":\"2.0\",\"method\":\"first\"}\n{\"jsonrpc\":\"2.0\",\"method\":\"second\"}\n{\"jsonrpc\":\"2.0\",\"method\":\"last\"}"u8.ToArray());

        foreach (string method in (string[])["first", "second", "last"])
        {
            (await NextAsync()).Should().BeOfType<JsonRpcNotification>().Which.Method.Should().Be(method);
        }

        await saying;
    }

    [Fact]
    public async Task MessageReader_BytesThatAreNoUtf8_AreReadWithMarks()
    {
        await _transport.ConnectAsync();
        await SayAsync([.. "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{\"text\":\"x"u8, 0xFF, .. "y\"}}\n"u8]);

        (await NextAsync()).Should().BeOfType<JsonRpcResponse>().Which.Result!["text"]!.ToString().Should().Be("x\uFFFDy");
    }

    [Fact]
    public async Task MessageReader_LineTooLong_EndsWithTheReason()
    {
        await _transport.ConnectAsync();
        Task saying = SayAsync(new byte[4096]);

        await FluentActions.Awaiting(() => NextAsync()).Should().ThrowAsync<Exception>().WithInnerException(typeof(InvalidDataException)).WithMessage("*longer than 1024 bytes*");
        await _transport.DisposeAsync();
        await _fromServer.Reader.CompleteAsync();
        await saying;
    }

    [Theory]
    [InlineData(7L, "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\"}}\n")]
    [InlineData("b7", "{\"jsonrpc\":\"2.0\",\"id\":\"b7\",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\"}}\n")]
    public async Task SendMessageAsync_Request_IsOneLineAsTheSdkWritesIt(object id, string line)
    {
        RequestId requestId = id is long number ? new RequestId(number) : new RequestId((string)id);
        var request = new JsonRpcRequest { Id = requestId, Method = "tools/call", Params = new JsonObject { ["name"] = "echo" } };

        await _transport.SendMessageAsync(request);

        ReadResult read = await _toServer.Reader.ReadAsync();
        Encoding.UTF8.GetString(read.Buffer).Should().Be(line);
        Rpc.FromUtf8(Encoding.UTF8.GetBytes(line)).Should().BeOfType<JsonRpcRequest>().Which.Id.Should().Be(requestId);
    }

    [Fact]
    public async Task SendMessageAsync_NobodyReads_SaysThatNothingGotThrough()
    {
        await _toServer.Writer.CompleteAsync();

        (await FluentActions.Awaiting(() => _transport.SendMessageAsync(Rpc.Notification("late"))).Should().ThrowAsync<IOException>())
            .Which.InnerException.Should().NotBeNull();
    }

    private async Task<JsonRpcMessage> NextAsync() => await _transport.MessageReader.ReadAsync().AsTask().WaitAsync(s_patience);

    private async Task SayInPiecesAsync(byte[] bytes)
    {
        foreach (byte[] piece in bytes.Chunk(7))
        {
            await SayAsync(piece);
            await Task.Yield();
        }

        await _fromServer.Writer.CompleteAsync();
    }

    private async Task SayAsync(byte[] bytes) => await _fromServer.Writer.WriteAsync(bytes);
}
