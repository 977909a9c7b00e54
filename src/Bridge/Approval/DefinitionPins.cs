using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bridge.Storage;
using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Approval;

/// <summary>Pins in the store, with what was read kept in memory: a trusted call costs one look-up.</summary>
internal sealed class DefinitionPins : IDefinitionPins, IDisposable
{
    private const string Collection = "pins";

    /// <summary>Sources list what they know; one that hangs must not hold up the call, whose own time limit begins later.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, PinnedDefinitions> _known = new(StringComparer.Ordinal);
    private readonly IBridgeStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger<DefinitionPins> _logger;
    private readonly PinWatch _watch;

    /// <summary>Makes the pins.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="clock">Tells when they were trusted.</param>
    /// <param name="logger">Where the first trust is named.</param>
    public DefinitionPins(IBridgeStore store, TimeProvider clock, ILogger<DefinitionPins> logger)
    {
        (_store, _clock, _logger) = (store, clock, logger);
        _watch = new PinWatch(store, Collection, clock, () => Changed?.Invoke());
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public ValueTask<PinState> CheckAsync(IToolSource source, Tool tool, CallContext context, CancellationToken cancellationToken)
    {
        bool trusted = _known.TryGetValue(KeyOf(source, context), out PinnedDefinitions? pins)
            && (StateOf(pins, tool) == PinState.Trusted || (_known.TryGetValue(LocalKeyOf(source), out PinnedDefinitions? approved) && StateOf(approved, tool) == PinState.Trusted));
        return trusted ? new(PinState.Trusted) : LookAsync(source, tool, context, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<int> ApproveAsync(IToolSource source, CallContext context, CancellationToken cancellationToken)
    {
        PinnedDefinitions pins = await ListAsync(source, context, cancellationToken).ConfigureAwait(false);
        string key = KeyOf(source, context);
        await _store.WriteAsync(Collection, key, Write(pins), cancellationToken).ConfigureAwait(false);
        _known[key] = pins;
        Changed?.Invoke();
        return pins.Tools.Count;
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<QuarantinedTool>> FindWaitingAsync(
        IToolSource source, ToolListing listing, CallContext context, CancellationToken cancellationToken)
    {
        // Nothing is recorded before the first call: what nobody called did nothing.
        string key = KeyOf(source, context);
        StoredDocument? document = source is FunctionToolSource ? null : await _store.ReadAsync(Collection, key, cancellationToken).ConfigureAwait(false);
        if (document is null)
        {
            return [];
        }

        PinnedDefinitions pins = Read(document);
        Tool[] unknown = [.. listing.Tools.Where(tool => StateOf(pins, tool) != PinState.Trusted)];
        string local = LocalKeyOf(source);
        StoredDocument? others = unknown.Length > 0 && local != key ? await _store.ReadAsync(Collection, local, cancellationToken).ConfigureAwait(false) : null;
        PinnedDefinitions? approved = others is null ? null : Read(others);
        ImmutableArray<QuarantinedTool> waiting =
        [
            .. unknown.Where(tool => approved is null || StateOf(approved, tool) != PinState.Trusted).Select(tool => new QuarantinedTool(tool.Id, PinText.Of(StateOf(pins, tool), tool))),
        ];
        _watch.Set(key, waiting.IsEmpty ? null : document.Version);
        if (!waiting.IsEmpty && local != key)
        {
            _watch.Set(local, others?.Version ?? "");
        }

        return waiting;
    }

    /// <inheritdoc/>
    public void Dispose() => _watch.Dispose();

    /// <summary>A source that knows its callers may show each of them other tools, so each trusts on its own first use.</summary>
    private static string KeyOf(IToolSource source, CallContext context) => KeyOf(source, context.Identity);

    private static string LocalKeyOf(IToolSource source) => KeyOf(source, ClientIdentity.Local);

    private static string KeyOf(IToolSource source, ClientIdentity identity) => source.Scope == SourceScope.Shared
        ? source.Id
        : $"{source.Id}@{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity.Id)).AsSpan(0, 8))}";

    private static PinState StateOf(PinnedDefinitions pins, Tool tool)
    {
        if (!pins.Tools.TryGetValue(tool.Id.Name, out string? hash))
        {
            return PinState.Added;
        }

        return hash == tool.DefinitionHash ? PinState.Trusted : PinState.Changed;
    }

    private static byte[] Write(PinnedDefinitions pins) =>
        JsonSerializer.SerializeToUtf8Bytes(pins, PinsJsonContext.Default.PinnedDefinitions);

    /// <summary>The slow path: the source is new, or its pins may have been approved by another process since they were read.</summary>
    private async ValueTask<PinState> LookAsync(IToolSource source, Tool tool, CallContext context, CancellationToken cancellationToken)
    {
        string key = KeyOf(source, context);
        PinnedDefinitions pins = await ReadAsync(key, cancellationToken).ConfigureAwait(false)
            ?? await TrustAsync(key, source, tool, context, cancellationToken).ConfigureAwait(false);
        _known[key] = pins;
        return StateOf(pins, tool) is not PinState.Trusted and var own
            ? await ConsultAsync(LocalKeyOf(source), key, tool, own, cancellationToken).ConfigureAwait(false)
            : PinState.Trusted;
    }

    /// <summary>What a client does not trust counts when the user of this machine does, who is the one that approves.</summary>
    private async ValueTask<PinState> ConsultAsync(string local, string key, Tool tool, PinState own, CancellationToken cancellationToken)
    {
        if (local == key || await ReadAsync(local, cancellationToken).ConfigureAwait(false) is not { } approved)
        {
            return own;
        }

        _known[local] = approved;
        return StateOf(approved, tool) == PinState.Trusted ? PinState.Trusted : own;
    }

    private async ValueTask<PinnedDefinitions?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        StoredDocument? document = await _store.ReadAsync(Collection, key, cancellationToken).ConfigureAwait(false);
        return document is null ? null : Read(document);
    }

    private static PinnedDefinitions Read(StoredDocument document) => JsonSerializer.Deserialize(document.Content.Span, PinsJsonContext.Default.PinnedDefinitions)!;

    private async ValueTask<PinnedDefinitions> TrustAsync(
        string key, IToolSource source, Tool tool, CallContext context, CancellationToken cancellationToken)
    {
        PinnedDefinitions pins = await ListAsync(source, context, cancellationToken).ConfigureAwait(false);
        pins.Tools.TryAdd(tool.Id.Name, tool.DefinitionHash);
        if (await _store.TryReplaceAsync(Collection, key, Write(pins), null, cancellationToken).ConfigureAwait(false))
        {
            _logger.DefinitionsPinned(pins.Tools.Count, source.Id);
            return pins;
        }

        // Another process saw the source first; what it trusted counts.
        return await ReadAsync(key, cancellationToken).ConfigureAwait(false) ?? pins;
    }

    private async ValueTask<PinnedDefinitions> ListAsync(IToolSource source, CallContext context, CancellationToken cancellationToken)
    {
        ToolListing listing = await source.ListAsync(context, cancellationToken)
            .WaitAsync(s_patience, _clock, cancellationToken).ConfigureAwait(false);
        var tools = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Tool listed in listing.Tools)
        {
            tools[listed.Id.Name] = listed.DefinitionHash;
        }

        return new PinnedDefinitions { TrustedAt = _clock.GetUtcNow(), Tools = tools };
    }
}
