using Bridge.Mcp.Mirroring;

namespace Bridge.Mcp.Pipes;

/// <summary>Puts the headers that a relayed call needs into its request; whoever makes the client of a <see cref="RelayTarget"/> puts it in front.</summary>
/// <param name="inner">Sends.</param>
public sealed class RelayHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        CallHeaders.AddTo(request);
        return base.SendAsync(request, cancellationToken);
    }
}
