using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Bridge.Catalog;
using Bridge.Configuration;
using Bridge.Pipeline;
using Bridge.Prompts;
using Bridge.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Bridge.Hosting;

/// <summary>The bridge in this process.</summary>
public sealed class ToolCallBridge : IToolCallBridge, IAsyncDisposable
{
    // A reader that lags misses reports of progress, nothing else: attempts and calls are bounded far below the difference.
    private const int EventsAhead = 256;
    private const int MaxEvents = 4096;

    private readonly PromptPipeline _pipeline;
    private ServiceProvider? _owned;

    /// <summary>Makes the bridge of a service provider; <see cref="CreateAsync"/> makes one without.</summary>
    /// <param name="pipeline">The way of a prompt.</param>
    internal ToolCallBridge(PromptPipeline pipeline) => _pipeline = pipeline;

    /// <summary>The services of a bridge made by <see cref="CreateAsync"/>: responders, the catalog, servers.</summary>
    /// <exception cref="InvalidOperationException">The bridge belongs to a host, which has the services.</exception>
    public IServiceProvider Services => _owned
        ?? throw new InvalidOperationException("This bridge belongs to a host: ask the host's service provider.");

    /// <summary>Makes a bridge without a host or a file, and connects its servers.</summary>
    /// <param name="configure">Puts the bridge together.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The bridge, when every server is ready or failed, at the latest after <see cref="BridgeOptions.StartTimeout"/>.</returns>
    public static async Task<ToolCallBridge> CreateAsync(Action<IBridgeBuilder> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var services = new ServiceCollection();
        configure(services.AddBridge());
        ServiceProvider provider = services.BuildServiceProvider();
        try
        {
            foreach (IHostedService worker in provider.GetServices<IHostedService>())
            {
                await worker.StartAsync(cancellationToken).ConfigureAwait(false);
            }

            await WaitForSourcesAsync(provider, cancellationToken).ConfigureAwait(false);
            return new ToolCallBridge(provider.GetRequiredService<PromptPipeline>()) { _owned = provider };
        }
        catch
        {
            await provider.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<Prompt> UpdateWithToolCall(
        Prompt prompt, ToolCallOptions? options = null, CallContext? context = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return _pipeline.RunAsync(prompt, options ?? new(), context ?? CallContext.Local, static _ => { }, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BridgeEvent> StreamAsync(
        Prompt prompt,
        ToolCallOptions? options = null,
        CallContext? context = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var events = Channel.CreateBounded<BridgeEvent>(MaxEvents);
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<Prompt> run = RunAsync(events, prompt, options ?? new(), context ?? CallContext.Local, abandoned.Token);
        try
        {
            // Not cancelled by the token: a cancelled prompt still tells its end.
            await foreach (BridgeEvent next in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return next;
            }

            yield return new PromptDone(await run.ConfigureAwait(false));
        }
        finally
        {
            await abandoned.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _owned, null) is not { } owned)
        {
            return;
        }

        foreach (IHostedService worker in owned.GetServices<IHostedService>().Reverse())
        {
            await worker.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await owned.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<Prompt> RunAsync(
        Channel<BridgeEvent> events, Prompt prompt, ToolCallOptions options, CallContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.RunAsync(prompt, options, context, Write, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            events.Writer.Complete();
        }

        void Write(BridgeEvent next)
        {
            if (next is not CallProgressed || events.Reader.Count < EventsAhead)
            {
                events.Writer.TryWrite(next);
            }
        }
    }

    private static async Task WaitForSourcesAsync(ServiceProvider provider, CancellationToken cancellationToken)
    {
        TimeSpan timeout = provider.GetRequiredService<IOptionsMonitor<BridgeOptions>>().CurrentValue.StartTimeout;
        using var clock = new CancellationTokenSource(timeout, provider.GetRequiredService<TimeProvider>());
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            await provider.GetRequiredService<ToolCatalog>().WaitUntilSettledAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Late sources join when they are ready; until then the catalog says which are missing.
        }
    }
}
