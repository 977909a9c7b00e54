using System.Text;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Sources;
using Bridge.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Mcp.Tests.Fixtures;

/// <summary>Short ways to what every test of servers does.</summary>
internal static class Servers
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static McpServers Of(params McpServerConfig[] configs) => Of(new ConnectionOptions(), configs);

    public static McpServers Of(ConnectionOptions options, params McpServerConfig[] configs)
    {
        var given = new McpServersOptions();
        foreach (McpServerConfig config in configs)
        {
            given.Servers.Add(config);
        }

        return new McpServers(given, options, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public static McpServers OfFile(string file, TimeProvider time, ILoggerFactory? loggers = null) =>
        new(new McpServersOptions { File = file }, new ConnectionOptions(), time, loggers ?? NullLoggerFactory.Instance);

    public static async Task<McpToolSource> ReadyAsync(this McpServers servers, string id)
    {
        await servers.WaitUntilSettledAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, CancellationToken.None);
        McpToolSource source = servers.Find(id)!;
        source.Status.Should().Be(SourceStatus.Ready);
        return source;
    }

    public static Task<ToolListing> ListAsync(this IToolSource source) =>
        source.ListAsync(CallContext.Local, TestContext.Current.CancellationToken).WaitAsync(Patience, CancellationToken.None);

    public static Task<ToolResult> CallAsync(this IToolSource source, string tool, string arguments) =>
        source.CallAsync(tool, arguments, CallContext.Local, TestContext.Current.CancellationToken);

    public static async Task<ToolResult> CallAsync(
        this IToolSource source, string tool, string arguments, CallContext context, CancellationToken cancellationToken)
    {
        ToolListing listing = await source.ListAsync(context, TestContext.Current.CancellationToken).WaitAsync(Patience, CancellationToken.None);
        Tool found = listing.Tools.Single(candidate => candidate.Id.Name == tool);
        var call = new ToolCall("call-1", found, Encoding.UTF8.GetBytes(arguments));
        return await source.CallAsync(call, context, cancellationToken).WaitAsync(Patience, CancellationToken.None);
    }

    /// <summary>Waits for a state that the source announces.</summary>
    public static async Task UntilAsync(this IToolSource source, Func<bool> condition)
    {
        using var changed = new SemaphoreSlim(0);
        void Signal() => changed.Release();
        source.Changed += Signal;
        try
        {
            while (!condition())
            {
                (await changed.WaitAsync(Patience)).Should().BeTrue("the state should have been announced");
            }
        }
        finally
        {
            source.Changed -= Signal;
        }
    }
}
