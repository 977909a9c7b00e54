using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.TestKit;

/// <summary>A model server on loopback that answers what the test wrote, in order, and remembers what it was asked.</summary>
public abstract class FakeModelServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<FakeAnswer> _script = new();
    private readonly WebApplication _app;

    /// <summary>Starts the server on a free port.</summary>
    protected FakeModelServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
        _app.Start();
        Root = new Uri(_app.Urls.First());
    }

    /// <summary>The server's address without a path.</summary>
    public Uri Root { get; }

    /// <summary>The requests to generate, oldest first.</summary>
    public ConcurrentQueue<FakeRequest> Requests { get; } = new();

    /// <summary>The last request to generate.</summary>
    public FakeRequest Last => Requests.Last();

    /// <summary>Answers by the request once the script is at its end; <see langword="null"/> for a failure.</summary>
    protected Func<JsonElement, FakeAnswer>? Unscripted { get; set; }

    /// <summary>Adds an answer to the script, for a request to generate.</summary>
    /// <param name="answer">The answer.</param>
    public void Answers(FakeAnswer answer) => _script.Enqueue(answer);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Answers what is not a request to generate.</summary>
    /// <returns>The answer; <see langword="null"/> when the request is one to generate.</returns>
    protected abstract FakeAnswer? AnswerAside(string method, string path, JsonElement body);

    /// <summary>Turns a scripted whole answer into the stream the API would send.</summary>
    protected abstract FakeAnswer ToStream(FakeAnswer whole);

    /// <summary>Whether the client asked for a stream.</summary>
    protected abstract bool IsStream(JsonElement body);

    private static async Task<JsonElement> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        string text = await reader.ReadToEndAsync();
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task HandleAsync(HttpContext context)
    {
        JsonElement body = await ReadAsync(context.Request);
        string path = context.Request.Path.Value ?? "";
        FakeAnswer? answer = AnswerAside(context.Request.Method, path, body);
        if (answer is null)
        {
            Requests.Enqueue(new FakeRequest(
                path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), body));
            FakeAnswer? scripted = _script.TryDequeue(out FakeAnswer? next) ? next : Unscripted?.Invoke(body);
            answer = scripted is null ? new FakeAnswer { Status = 500, Body = """{"error": "the script is at its end"}""" }
                : scripted is { Status: 200, ContentType: "application/json", Hangs: false } && IsStream(body) ? ToStream(scripted) : scripted;
        }

        if (answer.Hangs)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        await SendAsync(context, answer);
    }

    private static async Task SendAsync(HttpContext context, FakeAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach ((string name, string value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(answer.Body);
        if (answer.BreaksOff)
        {
            await context.Response.Body.FlushAsync();
            context.Abort();
        }
    }

    /// <summary>A node of JSON that a test wrote.</summary>
    protected static JsonNode Node(string json) => JsonNode.Parse(json)!;
}
