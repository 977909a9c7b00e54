using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Bridge.Models.Endpoints;

/// <summary>Passes a streamed answer on, and says in Bridge's words when the endpoint breaks off.</summary>
internal static class GuardedStream
{
    public static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ModelEndpoint endpoint, IAsyncEnumerable<ChatResponseUpdate> updates, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<ChatResponseUpdate> source = updates.GetAsyncEnumerator(cancellationToken);
        await using (source.ConfigureAwait(false))
        {
            while (await MoveAsync(endpoint, source, cancellationToken).ConfigureAwait(false))
            {
                yield return source.Current;
            }
        }
    }

    private static async Task<bool> MoveAsync(
        ModelEndpoint endpoint, IAsyncEnumerator<ChatResponseUpdate> source, CancellationToken cancellationToken)
    {
        try
        {
            return await source.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is HttpRequestException or IOException or OperationCanceledException or TimeoutException)
        {
            throw EndpointErrors.FromTransport(endpoint, error);
        }
    }
}
