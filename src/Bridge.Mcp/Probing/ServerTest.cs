using System.Collections.Immutable;
using Bridge.Configuration;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Credentials;
using Bridge.Mcp.SignIn;
using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.Probing;

/// <summary>Connects a server once, apart from those that run, and reports step by step.</summary>
/// <param name="time">The clock.</param>
/// <param name="loggers">Where to log.</param>
/// <param name="logins">The logins at servers; <see langword="null"/> for none.</param>
/// <param name="credentials">The credentials of single clients; <see langword="null"/> for none.</param>
public sealed class ServerTest(TimeProvider time, ILoggerFactory loggers, UpstreamLogins? logins = null, ClientCredentials? credentials = null)
{
    /// <summary>Tests a server as the local user; its process, if it has one, is gone afterwards.</summary>
    /// <param name="config">The server.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    /// <returns>What came of it; a server that fails is a result, not an exception.</returns>
    public Task<ServerTestReport> RunAsync(McpServerConfig config, CancellationToken cancellationToken) =>
        RunAsync(config, ClientIdentity.Local.Id, cancellationToken);

    /// <summary>Tests a server as one client, with its credential where clients have their own.</summary>
    /// <param name="config">The server.</param>
    /// <param name="client">The client, such as <c>key:4f1c0a9be210</c>.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    /// <returns>What came of it; a server that fails is a result, not an exception.</returns>
    public Task<ServerTestReport> RunAsync(McpServerConfig config, string client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentException.ThrowIfNullOrEmpty(client);
        return RunAsync(config, client, null, cancellationToken);
    }

    /// <summary>The same, with an ear for how the server refuses.</summary>
    internal async Task<ServerTestReport> RunAsync(McpServerConfig config, string client, Action<AuthorizationChallenge>? challenged, CancellationToken cancellationToken)
    {
        if (config.Errors is [ConfigProblem problem, ..])
        {
            return new ServerTestReport(config.Id, [new ServerTestStep("configuration", TimeSpan.Zero, false)], $"{problem.Location}: {problem.Message}", problem.Cure);
        }

        var run = new Run(time, [new ServerTestStep("configuration", TimeSpan.Zero, true)]);
        using var timer = new CancellationTokenSource(config.StartTimeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        UpstreamSession? session = null;
        try
        {
            var opener = new SessionOpener(config, client, new ConnectionOptions { Logins = logins, Credentials = credentials, Challenged = challenged }, loggers, time);
            UpstreamSession opened = await run.StepAsync("initialize", () => opener.OpenAsync(static _ => { }, limit.Token)).ConfigureAwait(false);
            session = opened;
            ToolListing tools = await run.StepAsync("tools/list", () => opened.ListToolsAsync(limit.Token)).ConfigureAwait(false);
            return new ServerTestReport(config.Id, run.Steps, null, null)
            {
                Implementation = opened.Client.ServerInfo is { } info ? $"{info.Name} {info.Version}" : null,
                ProtocolVersion = opened.Client.NegotiatedProtocolVersion,
                Tools = tools,
            };
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            string diagnostics = session?.Link.Diagnostics ?? "";
            UpstreamException said = timer.IsCancellationRequested && error is not UpstreamException
                ? ConnectionFailure.Late(config, run.Steps[^1].Name, diagnostics)
                : error as UpstreamException ?? ConnectionFailure.Describe(session?.Config ?? config, error, diagnostics);
            return new ServerTestReport(config.Id, run.Steps, said.Message, said.Cure);
        }
        finally
        {
            if (session is not null)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private sealed class Run(TimeProvider time, ImmutableArray<ServerTestStep> steps)
    {
        public ImmutableArray<ServerTestStep> Steps { get; private set; } = steps;

        public async Task<T> StepAsync<T>(string name, Func<Task<T>> action)
        {
            long started = time.GetTimestamp();
            bool succeeded = false;
            try
            {
                T result = await action().ConfigureAwait(false);
                succeeded = true;
                return result;
            }
            finally
            {
                Steps = Steps.Add(new ServerTestStep(name, time.GetElapsedTime(started), succeeded));
            }
        }
    }
}
