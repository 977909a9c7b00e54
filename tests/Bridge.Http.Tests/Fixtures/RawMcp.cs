using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Bridge.Http.Tests.Fixtures;

/// <summary>A client of the gateway that sends and sees messages as they are.</summary>
internal sealed class RawMcp : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _path;

    private RawMcp(TestHost host, string path, string? key)
    {
        _http = new HttpClient { BaseAddress = host.Address, Timeout = GatewayHost.Patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key ?? host.Key);
        _path = path;
    }

    public string? SessionId { get; private set; }

    /// <summary>A client without a session.</summary>
    public static RawMcp Create(TestHost host, string path = "/mcp", string? key = null) => new(host, path, key);

    /// <summary>A client with a session.</summary>
    public static async Task<RawMcp> OpenAsync(TestHost host, string path = "/mcp", string? key = null, string capabilities = "{}")
    {
        var raw = new RawMcp(host, path, key);
        await raw.PostAsync(
            $$$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{{{capabilities}}},"clientInfo":{"name":"raw","version":"1"} } }""");
        await raw.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return raw;
    }

    public void UseSession(string? id) => SessionId = id;

    /// <summary>Posts a message.</summary>
    /// <returns>The messages of the answer.</returns>
    public async Task<JsonNode[]> PostAsync(string message)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, message);
        string body = await response.Content.ReadAsStringAsync();
        return response.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? [.. body.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line[6..])!)]
            : body.Length == 0 ? [] : [JsonNode.Parse(body)!];
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string? message = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, _path);
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        if (SessionId is not null)
        {
            request.Headers.Add("Mcp-Session-Id", SessionId);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (message is not null)
        {
            request.Content = new StringContent(message, Encoding.UTF8, "application/json");
        }

        HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (SessionId is null && response.Headers.TryGetValues("Mcp-Session-Id", out IEnumerable<string>? ids))
        {
            SessionId = ids.Single();
        }

        return response;
    }

    /// <summary>Opens the stream of what belongs to no request.</summary>
    public async Task<StreamReader> ListenAsync() => new(await (await SendAsync(HttpMethod.Get)).Content.ReadAsStreamAsync());

    public void Dispose() => _http.Dispose();
}
