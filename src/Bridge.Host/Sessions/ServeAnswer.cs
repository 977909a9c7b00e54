using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bridge.Host.Terminal;

namespace Bridge.Host.Sessions;

/// <summary>Reads what a running <c>serve</c> answers, and says its errors in its own words.</summary>
internal static class ServeAnswer
{
    /// <summary>Reads an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="type">What it is to be.</param>
    /// <param name="url">Where the <c>serve</c> listens.</param>
    /// <param name="cure">What to do without it; may be empty.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What was answered.</returns>
    /// <exception cref="VerbException">It refused.</exception>
    public static async Task<T> ReadAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T> type, Uri url, string cure, CancellationToken cancellationToken)
        where T : class
    {
        if (response.IsSuccessStatusCode)
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken)
                ?? throw new VerbException(ExitCode.Failed, $"The running 'bridge serve' at {url} answered nothing. {cure}".TrimEnd());
        }

        string detail = DetailOf(await response.Content.ReadAsStringAsync(cancellationToken));
        bool usage = response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.Conflict;
        throw new VerbException(
            usage ? ExitCode.Usage : ExitCode.Failed,
            $"The running 'bridge serve' at {url} refused ({(int)response.StatusCode}): {detail} {cure}".TrimEnd());
    }

    private static string DetailOf(string body)
    {
        try
        {
            JsonElement root = JsonElement.Parse(body);
            return root.TryGetProperty("detail", out JsonElement detail) ? detail.ToString()
                : root.GetProperty("error").GetProperty("message").ToString();
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "it gave no reason.";
        }
    }
}
