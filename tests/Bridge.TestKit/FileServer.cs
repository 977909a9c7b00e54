using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bridge.TestKit;

/// <summary>A web server of files that knows ranges, and misbehaves when told to.</summary>
public sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (byte[] Content, string? ETag)> _files = new();
    private readonly ConcurrentDictionary<string, string> _redirects = new();
    private readonly ConcurrentQueue<(int Status, string? RetryAfter)> _refusals = new();
    private readonly ConcurrentQueue<int> _cuts = new();

    private FileServer(WebApplication app) => _app = app;

    /// <summary>The server's address.</summary>
    public Uri Root { get; private set; } = new("http://127.0.0.1");

    /// <summary>The same server under another host's name.</summary>
    public Uri OtherHost => new UriBuilder(Root) { Host = "localhost" }.Uri;

    /// <summary>Whether it answers ranges with ranges.</summary>
    public bool KnowsRanges { get; set; } = true;

    /// <summary>Whether it keeps If-Range, as a server should.</summary>
    public bool KnowsIfRange { get; set; } = true;

    /// <summary>Whether answers say how long they are.</summary>
    public bool SaysLength { get; set; } = true;

    /// <summary>How many bytes of the file reached the other side: a connection is only broken when what was sent before has arrived.</summary>
    public Func<long>? Arrived { get; set; }

    /// <summary>What was asked: path, range and authorization.</summary>
    public ConcurrentQueue<(string Path, string Range, string Authorization)> Requests { get; } = new();

    public static async Task<FileServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        FileServer server = new(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        server.Root = new Uri(app.Urls.Single());
        return server;
    }

    public Uri Put(string path, byte[] content, string? etag = "\"1\"")
    {
        _files[path] = (content, etag);
        return new Uri(Root, path);
    }

    public Uri Put(string path, string content) => Put(path, Encoding.UTF8.GetBytes(content));

    public Uri Redirect(string path, string to)
    {
        _redirects[path] = to;
        return new Uri(Root, path);
    }

    /// <summary>Refuses the next request.</summary>
    public void Refuse(int status, string? retryAfter = null) => _refusals.Enqueue((status, retryAfter));

    /// <summary>Breaks the next answer off behind so many bytes.</summary>
    public void Cut(int bytes) => _cuts.Enqueue(bytes);

    /// <summary>Sends so many bytes of the next answer and then nothing more, without an end.</summary>
    public void Hang(int bytes) => _cuts.Enqueue(-bytes);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        Requests.Enqueue((path, context.Request.Headers.Range.ToString(), context.Request.Headers.Authorization.ToString()));
        if (_refusals.TryDequeue(out (int Status, string? RetryAfter) refusal))
        {
            context.Response.StatusCode = refusal.Status;
            context.Response.Headers.RetryAfter = refusal.RetryAfter;
        }
        else if (_redirects.TryGetValue(path, out string? to))
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = to;
        }
        else if (_files.TryGetValue(path, out (byte[] Content, string? ETag) file))
        {
            await SendAsync(context, file.Content, file.ETag);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task SendAsync(HttpContext context, byte[] content, string? etag)
    {
        context.Response.Headers.ETag = etag;
        int from = Begin(context, etag);
        if (from >= content.Length && from > 0)
        {
            context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            context.Response.Headers.ContentRange = $"bytes */{content.Length}";
            return;
        }

        if (from > 0)
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        ReadOnlyMemory<byte> rest = content.AsMemory(from);
        context.Response.ContentLength = SaysLength ? rest.Length : null;
        if (!_cuts.TryDequeue(out int cut))
        {
            await context.Response.Body.WriteAsync(rest);
            return;
        }

        await context.Response.Body.WriteAsync(rest[..Math.Abs(cut)]);
        await context.Response.Body.FlushAsync();
        if (cut < 0)
        {
            // Until the other side gives up.
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        while (Arrived is { } arrived && arrived() < from + Math.Abs(cut) && !context.RequestAborted.IsCancellationRequested)
        {
            await Task.Delay(2);
        }

        context.Abort();
    }

    private int Begin(HttpContext context, string? etag)
    {
        string range = context.Request.Headers.Range.ToString();
        string condition = context.Request.Headers.IfRange.ToString();
        bool whole = !KnowsRanges || range.Length == 0 || (KnowsIfRange && condition.Length > 0 && condition != etag);
        return whole ? 0 : int.Parse(range.AsSpan("bytes=".Length, range.Length - "bytes=-".Length), CultureInfo.InvariantCulture);
    }
}
