using Bridge.Mcp.Configuration;
using Bridge.Mcp.Credentials;
using Bridge.Storage;

namespace Bridge.Mcp.Connections;

/// <summary>Gives up a session whose client's credential was changed or taken away since; logins are looked at with every request anyway.</summary>
/// <param name="config">The server.</param>
/// <param name="identity">The client.</param>
/// <param name="credentials">The credentials; <see langword="null"/> where there are none of clients.</param>
/// <param name="grace">How long calls that run have to end.</param>
/// <param name="time">The clock.</param>
internal sealed class CredentialWatch(McpServerConfig config, string identity, ClientCredentials? credentials, TimeSpan grace, TimeProvider time)
{
    /// <summary>How long a credential counts that was taken away.</summary>
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(50);

    private long _looked = time.GetTimestamp();

    /// <summary>Whether it is time to look.</summary>
    public bool IsDue => credentials is not null && config.CredentialPerClient && time.GetElapsedTime(Interlocked.Read(ref _looked)) >= s_freshness;

    /// <summary>Looks. Whoever asks waits until a session that is given up has ended its calls, so that no other begins there.</summary>
    public async Task CheckAsync(UpstreamSession session, CancellationToken cancellationToken)
    {
        long now = time.GetTimestamp();
        try
        {
            McpServerConfig current = await credentials!.ResolveAsync(config, identity, cancellationToken).ConfigureAwait(false);
            if (!current.IsSameServer(session.Config))
            {
                await EndAsync(session, "the credential of its client changed", cancellationToken).ConfigureAwait(false);
                return;
            }

            Interlocked.Exchange(ref _looked, now);
        }
        catch (Exception error) when (error is MissingCredentialException or CredentialException)
        {
            await EndAsync(session, "its client has no credential any more", cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The store cannot be read now; the next call looks again.
        }
    }

    private async Task EndAsync(UpstreamSession session, string reason, CancellationToken cancellationToken)
    {
        for (long began = time.GetTimestamp(); session.ActiveCallCount > 0 && time.GetElapsedTime(began) < grace;)
        {
            await Task.Delay(s_turn, time, cancellationToken).ConfigureAwait(false);
        }

        session.Abandon(reason);
    }
}
