using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Host.Setup;

/// <summary>Looks for Ollama and the models it has, on this machine or where <c>OLLAMA_HOST</c> says.</summary>
/// <param name="client">The client to ask with.</param>
internal sealed class OllamaFinder(HttpClient client)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>The address Ollama is expected at.</summary>
    /// <param name="configured">The value of <c>OLLAMA_HOST</c>: an address, or a host with or without port.</param>
    /// <returns>The address.</returns>
    public static Uri AddressOf(string? configured)
    {
        string text = string.IsNullOrWhiteSpace(configured) ? "127.0.0.1" : configured.Trim();
        bool bare = !text.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(bare ? $"http://{text}" : text, UriKind.Absolute, out Uri? uri))
        {
            return new Uri("http://127.0.0.1:11434");
        }

        var address = new UriBuilder(uri);
        address.Port = bare && uri.IsDefaultPort ? 11434 : uri.Port;
        address.Host = uri.Host == "0.0.0.0" ? "127.0.0.1" : uri.Host; // what a server binds to is no address to call
        return address.Uri;
    }

    /// <summary>Asks for the models.</summary>
    /// <param name="address">Where.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>The names of the models; <see langword="null"/> when nobody answers there.</returns>
    public async Task<IReadOnlyList<string>?> FindModelsAsync(Uri address, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            JsonNode? answer = await client.GetFromJsonAsync<JsonNode>(new Uri(address, "/api/tags"), patience.Token);
            return [.. (answer?["models"] as JsonArray ?? []).Select(model => model?["name"]?.GetValue<string>()).OfType<string>()];
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or InvalidOperationException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
