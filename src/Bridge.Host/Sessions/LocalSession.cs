using Bridge.Catalog;
using Bridge.Execution;
using Bridge.Host.Composition;
using Bridge.Host.Terminal;
using Bridge.Http.Contracts;
using Bridge.Outcomes;
using Bridge.Pipeline;
using Bridge.Prompts;
using Bridge.Responding;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Host.Sessions;

/// <summary>A bridge in this process: starts the servers, and stops them at the end.</summary>
internal sealed class LocalSession : IBridgeSession
{
    private readonly ServiceProvider _services;
    private readonly BridgeSettings _settings;
    private readonly CommandEnvironment _environment;

    private LocalSession(ServiceProvider services, BridgeSettings settings, CommandEnvironment environment)
    {
        _services = services;
        _settings = settings;
        _environment = environment;
    }

    /// <summary>The parts of the bridge.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Starts the servers and waits until each is ready or failed, at most as long as configured.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="environment">The process.</param>
    /// <param name="choice">Which servers to start.</param>
    /// <param name="verbose">Whether logs are written.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The session.</returns>
    public static async Task<LocalSession> StartAsync(
        BridgeSettings settings, CommandEnvironment environment, ServerChoice choice, bool verbose, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging
            .SetMinimumLevel(verbose ? LogLevel.Debug : LogLevel.None)
            .AddProvider(new LineLoggerProvider(environment.Error, LogLevel.Debug, environment.Clock, settings.Options.Redaction.Patterns)));
        services.AddAll(settings, environment, choice);
        var session = new LocalSession(services.BuildServiceProvider(), settings, environment);
        try
        {
            await session.StartAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<ToolCallResponse> AskAsync(Question question, CancellationToken cancellationToken)
    {
        IChatClient responder = _services.GetRequiredService<ResponderSource>().Require(question.Responder);
        IToolCallBridge bridge = _services.GetRequiredService<IToolCallBridge>();
        Prompt updated = question.Prompt;
        await foreach (BridgeEvent next in bridge.StreamAsync(question.Prompt, question.Options, ContextOf(question.Approved), cancellationToken))
        {
            question.Listener(next);
            updated = next is PromptDone done ? done.Prompt : updated;
        }

        cancellationToken.ThrowIfCancellationRequested();
        string? answer = Question.IsAnswered(updated.ToolCalling!.Outcome)
            ? (await responder.RespondAsync(updated, cancellationToken)).Text
            : null;
        return updated.ToContract(answer);
    }

    /// <inheritdoc/>
    public async Task<ToolListContract> ListToolsAsync(CancellationToken cancellationToken) =>
        (await CatalogAsync(cancellationToken)).ToContract();

    /// <summary>Runs one call that a person wrote.</summary>
    /// <param name="tool">The tool's id or unambiguous name.</param>
    /// <param name="arguments">The arguments: UTF-8 JSON.</param>
    /// <param name="approved">Whether the person consented beforehand.</param>
    /// <param name="cancellationToken">Cancels the tool too.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="VerbException">There is not exactly one such tool.</exception>
    public async Task<CallOutcome> CallAsync(string tool, ReadOnlyMemory<byte> arguments, bool approved, CancellationToken cancellationToken)
    {
        CatalogEntry entry = ToolSelection.FindOne(await CatalogAsync(cancellationToken), tool, out Reason? problem)
            ?? throw new VerbException(ExitCode.Usage, problem!.Message);
        var request = new CallRequest("call-1", entry, arguments) { Origin = CallOrigin.Direct };
        CallOutcome outcome = await _services.GetRequiredService<IToolExecutor>().ExecuteAsync(request, ContextOf(approved), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return outcome;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (IHostedService worker in _services.GetServices<IHostedService>().Reverse())
        {
            await worker.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (IHostedService worker in _services.GetServices<IHostedService>())
        {
            await worker.StartAsync(cancellationToken);
        }

        using var clock = new CancellationTokenSource(_settings.Options.StartTimeout, _environment.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            await _services.GetRequiredService<ToolCatalog>().WaitUntilSettledAsync(both.Token);
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What is late is named as missing; the rest goes on.
        }
    }

    private ValueTask<CatalogSnapshot> CatalogAsync(CancellationToken cancellationToken) =>
        _services.GetRequiredService<ToolCatalog>().GetAsync(CallContext.Local, cancellationToken);

    private CallContext ContextOf(bool approved) =>
        CallContext.Local with { Interaction = new TerminalInteraction(_environment, approved) };
}
