using Bridge.Mcp.Configuration;
using Bridge.Mcp.Processes;
using Bridge.Mcp.Wire;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace Bridge.Mcp.Connections;

/// <summary>A process of our own and its pipes.</summary>
internal sealed class StdioLink : IUpstreamLink
{
    // What a dying process wrote last may still lie in the pipe.
    private static readonly TimeSpan s_drain = TimeSpan.FromMilliseconds(200);

    private readonly ServerProcess _process;

    private StdioLink(ServerProcess process, long maxMessageBytes, ILoggerFactory loggers, TimeProvider time)
    {
        _process = process;
        Transport = new LineTransport(process.Input, process.Output, maxMessageBytes, loggers.CreateLogger<LineTransport>());
        Broken = WaitAsync(time);
    }

    public IClientTransport Transport { get; }

    public Task<string> Broken { get; }

    public string Diagnostics => _process.ErrorText;

    public int ProcessId => _process.Id;

    public static StdioLink Open(McpServerConfig config, ConnectionOptions options, ILoggerFactory loggers, TimeProvider time)
    {
        var spec = new ProcessSpec(config.Id, config.Command!, config.Arguments)
        {
            Environment = config.Environment,
            WorkingDirectory = config.WorkingDirectory,
            MaxLineBytes = options.MaxMessageBytes,
        };
        return new StdioLink(ServerProcess.Start(spec, loggers.CreateLogger<ServerProcess>(), time), options.MaxMessageBytes, loggers, time);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<string> WaitAsync(TimeProvider time)
    {
        int code = await _process.Exited.ConfigureAwait(false);
        await Task.Delay(s_drain, time).ConfigureAwait(false);
        return $"its process ended with code {code}";
    }
}
