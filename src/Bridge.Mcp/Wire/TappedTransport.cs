using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Wire;

/// <summary>A transport whose messages Bridge sees too.</summary>
/// <param name="inner">The transport.</param>
/// <param name="listener">Who sees them.</param>
internal sealed class TappedTransport(IClientTransport inner, IWireListener listener) : IClientTransport
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <summary>The connection; <see langword="null"/> before there is one.</summary>
    public WireTap? Wire { get; private set; }

    /// <inheritdoc/>
    public async Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default) =>
        Wire = new WireTap(await inner.ConnectAsync(cancellationToken).ConfigureAwait(false), listener);
}
