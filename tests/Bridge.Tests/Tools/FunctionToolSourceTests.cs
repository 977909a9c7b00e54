using System.Text;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.Tools;

public class FunctionToolSourceTests
{
    [Theory]
    [InlineData("""{"a":2,"b":3}""", "5")]
    public async Task CallAsync_Function_ReceivesItsArguments(string arguments, string expected)
    {
        await using var source = new FunctionToolSource("code", [AIFunctionFactory.Create((int a, int b) => a + b, "add", "Adds two numbers.")]);
        (await CallAsync(source, "add", arguments)).ToText().Should().Be(expected);
        source.Status.Should().Be(SourceStatus.Ready);
        source.Scope.Should().Be(SourceScope.Shared);
    }

    [Fact]
    public async Task CallAsync_EveryKindOfReturn_BecomesContent()
    {
        await using var source = new FunctionToolSource("code",
        [
            AIFunctionFactory.Create(() => "text", "text"),
            AIFunctionFactory.Create(() => new Point(1, 2), "structured"),
            AIFunctionFactory.Create(() => { }, "nothing"),
            AIFunctionFactory.Create(() => new[] { 1, 2 }, "list"),
            AIFunctionFactory.Create(string () => throw new InvalidOperationException("broken"), "fails"),
        ]);
        (await CallAsync(source, "text")).ToText().Should().Be("text");
        (await CallAsync(source, "structured")).Structured!.Value.GetProperty("x").GetInt32().Should().Be(1);
        (await CallAsync(source, "nothing")).ToText().Should().BeOneOf("", "null");
        (await CallAsync(source, "list")).ToText().Should().Be("[1,2]");
        ToolResult failed = await CallAsync(source, "fails");
        failed.IsError.Should().BeTrue();
        failed.ToText().Should().Contain("'fails'").And.Contain("broken");
    }

    [Fact]
    public async Task CallAsync_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        await using var source = new FunctionToolSource("code",
            [AIFunctionFactory.Create(async (CancellationToken token) => { await cancelled.CancelAsync(); token.ThrowIfCancellationRequested(); }, "wait")]);
        Func<Task> call = () => CallAsync(source, "wait", cancellationToken: cancelled.Token);
        await call.Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<ToolResult> CallAsync(
        FunctionToolSource source, string name, string arguments = "{}", CancellationToken cancellationToken = default)
    {
        ToolListing listing = await source.ListAsync(CallContext.Local, cancellationToken);
        Tool tool = listing.Tools.Single(candidate => candidate.Id.Name == name);
        return await source.CallAsync(new ToolCall("1", tool, Encoding.UTF8.GetBytes(arguments)), CallContext.Local, cancellationToken);
    }

    private sealed record Point(int X, int Y);
}
