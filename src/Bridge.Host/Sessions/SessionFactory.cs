using Bridge.Host.Composition;
using Bridge.Host.Serving;
using Bridge.Host.Terminal;
using Bridge.Identity;
using Bridge.Responding;
using Bridge.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Host.Sessions;

/// <summary>Opens the bridge a verb uses: that of a running <c>serve</c> of this user and folder, else one in this process.</summary>
/// <param name="environment">The process.</param>
/// <param name="verbose">Whether to say more.</param>
internal sealed class SessionFactory(CommandEnvironment environment, bool verbose)
{
    // On a busy machine an answer takes its time; one that has gone refuses at once.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Opens a bridge.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="standalone">Whether a running <c>serve</c> must not be used.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The session.</returns>
    public async Task<IBridgeSession> OpenAsync(BridgeSettings settings, bool standalone, CancellationToken cancellationToken) =>
        !standalone && await AttachAsync(settings, cancellationToken) is { } attached
            ? attached
            : await OpenLocalAsync(settings, ServerChoice.All, cancellationToken);

    /// <summary>Opens a bridge in this process, after the configuration was found fit and trusted.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="choice">Which servers to start.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The session.</returns>
    public async Task<LocalSession> OpenLocalAsync(BridgeSettings settings, ServerChoice choice, CancellationToken cancellationToken)
    {
        await new TrustGate(environment).PassAsync(settings, cancellationToken);
        await new ServerFileGuard(environment).CheckAsync(settings, allowEmpty: false);
        return await LocalSession.StartAsync(settings, environment, choice, verbose, cancellationToken);
    }

    /// <summary>Finds the running <c>serve</c> of this user and configuration folder.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="cancellationToken">Ends the question whether it answers.</param>
    /// <returns>A client that speaks to it with its key; <see langword="null"/> when none runs.</returns>
    public async Task<HttpClient?> FindServeAsync(BridgeSettings settings, CancellationToken cancellationToken)
    {
        if (new RunFile(settings.DataFolder, settings.Folder.Path).Find() is not { } running)
        {
            return null;
        }

        string? key = new LocalKeyFile(DataFolder.Open(settings.DataFolder)).Read();
        HttpClient client = ServeSession.CreateClient(running.Url, key);
        if (!await AnswersAsync(client, cancellationToken))
        {
            client.Dispose();
            return null;
        }

        if (verbose)
        {
            await environment.Error.WriteLineAsync($"Using the running 'bridge serve' at {running.Url}.");
        }

        return client;
    }

    private async Task<ServeSession?> AttachAsync(BridgeSettings settings, CancellationToken cancellationToken)
    {
        if (await FindServeAsync(settings, cancellationToken) is not { } client)
        {
            return null;
        }

        // Only the responders of this one are used: no server is started.
        ServiceProvider services = new ServiceCollection().AddAll(settings, environment, ServerChoice.Nothing).BuildServiceProvider();
        return new ServeSession(client, services.GetRequiredService<ResponderSource>(), services);
    }

    private static async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri("/healthz", UriKind.Relative), patience.Token);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
