using System.Security.Cryptography;
using Bridge.Configuration;
using Bridge.Tools;
using Microsoft.Extensions.Options;

namespace Bridge.Mcp.Results;

/// <summary>Keeps large results in memory, for who called, for a while; the oldest go where room is needed. Thread-safe.</summary>
/// <param name="options">How many bytes, and how long.</param>
/// <param name="time">The clock.</param>
internal sealed class ResultStore(IOptionsMonitor<BridgeOptions> options, TimeProvider time) : IResultStore
{
    /// <summary>What addresses of kept results begin with.</summary>
    public const string Prefix = "bridge://results/";

    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _kept = new();
    private long _bytes;

    /// <summary>How many bytes are kept.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                Drop(0);
                return _bytes;
            }
        }
    }

    /// <inheritdoc/>
    public KeptResult? Keep(ClientIdentity identity, ToolResult result)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(result);
        GatewayOptions limits = options.CurrentValue.Gateway;
        var parts = ResultParts.Of(result);
        if (parts.Bytes > limits.KeptResultBytes)
        {
            return null;
        }

        var entry = new Entry(RandomNumberGenerator.GetHexString(32, lowercase: true), identity.Id, parts, time.GetUtcNow() + limits.KeptResultTime);
        lock (_gate)
        {
            Drop(parts.Bytes);
            _kept.AddLast(entry);
            _bytes += parts.Bytes;
        }

        return new KeptResult(new Uri(Prefix + entry.Id), limits.KeptResultTime);
    }

    /// <summary>Finds a kept result.</summary>
    /// <param name="id">Its id, random and not to be guessed.</param>
    /// <param name="identity">Who asks: nobody finds the result of somebody else.</param>
    /// <returns>The result; <see langword="null"/> when there is none for it, or not any more.</returns>
    public ResultParts? Find(string id, ClientIdentity identity)
    {
        lock (_gate)
        {
            Drop(0);
            return _kept.FirstOrDefault(entry => entry.Id == id && entry.Owner == identity.Id)?.Parts;
        }
    }

    private void Drop(long room)
    {
        DateTimeOffset now = time.GetUtcNow();
        while (_kept.First is { } oldest && (oldest.Value.Until <= now || _bytes + room > options.CurrentValue.Gateway.KeptResultBytes))
        {
            _bytes -= oldest.Value.Parts.Bytes;
            _kept.RemoveFirst();
        }
    }

    private sealed record Entry(string Id, string Owner, ResultParts Parts, DateTimeOffset Until);
}
