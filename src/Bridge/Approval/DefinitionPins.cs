using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bridge.Storage;
using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Approval;

/// <summary>Pins in the store, with what was read kept in memory: a trusted call costs one look-up.</summary>
/// <param name="store">Where the pins are.</param>
/// <param name="clock">Tells when they were trusted.</param>
/// <param name="logger">Where the first trust is named.</param>
internal sealed class DefinitionPins(IBridgeStore store, TimeProvider clock, ILogger<DefinitionPins> logger) : IDefinitionPins
{
    private const string Collection = "pins";

    /// <summary>Sources list what they know; one that hangs must not hold up the call, whose own time limit begins later.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, PinnedDefinitions> _known = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<PinState> CheckAsync(IToolSource source, Tool tool, CallContext context, CancellationToken cancellationToken)
    {
        bool trusted = _known.TryGetValue(KeyOf(source, context), out PinnedDefinitions? pins) && StateOf(pins, tool) == PinState.Trusted;
        return trusted ? new(PinState.Trusted) : LookAsync(source, tool, context, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<int> ApproveAsync(IToolSource source, CallContext context, CancellationToken cancellationToken)
    {
        PinnedDefinitions pins = await ListAsync(source, context, cancellationToken).ConfigureAwait(false);
        string key = KeyOf(source, context);
        await store.WriteAsync(Collection, key, Write(pins), cancellationToken).ConfigureAwait(false);
        _known[key] = pins;
        return pins.Tools.Count;
    }

    /// <summary>A source that knows its callers may show each of them other tools, so each trusts on its own first use.</summary>
    private static string KeyOf(IToolSource source, CallContext context) => source.Scope == SourceScope.Shared
        ? source.Id
        : $"{source.Id}@{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context.Identity.Id)).AsSpan(0, 8))}";

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
        return StateOf(pins, tool);
    }

    private async ValueTask<PinnedDefinitions?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        StoredDocument? document = await store.ReadAsync(Collection, key, cancellationToken).ConfigureAwait(false);
        return document is null ? null : JsonSerializer.Deserialize(document.Content.Span, PinsJsonContext.Default.PinnedDefinitions);
    }

    private async ValueTask<PinnedDefinitions> TrustAsync(
        string key, IToolSource source, Tool tool, CallContext context, CancellationToken cancellationToken)
    {
        PinnedDefinitions pins = await ListAsync(source, context, cancellationToken).ConfigureAwait(false);
        pins.Tools.TryAdd(tool.Id.Name, tool.DefinitionHash);
        if (await store.TryReplaceAsync(Collection, key, Write(pins), null, cancellationToken).ConfigureAwait(false))
        {
            logger.DefinitionsPinned(pins.Tools.Count, source.Id);
            return pins;
        }

        // Another process saw the source first; what it trusted counts.
        return await ReadAsync(key, cancellationToken).ConfigureAwait(false) ?? pins;
    }

    private async ValueTask<PinnedDefinitions> ListAsync(IToolSource source, CallContext context, CancellationToken cancellationToken)
    {
        ToolListing listing = await source.ListAsync(context, cancellationToken)
            .WaitAsync(s_patience, clock, cancellationToken).ConfigureAwait(false);
        var tools = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Tool listed in listing.Tools)
        {
            tools[listed.Id.Name] = listed.DefinitionHash;
        }

        return new PinnedDefinitions { TrustedAt = clock.GetUtcNow(), Tools = tools };
    }
}
