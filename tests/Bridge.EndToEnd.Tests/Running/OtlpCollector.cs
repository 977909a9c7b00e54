using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.EndToEnd.Tests.Running;

/// <summary>Takes what is sent to an OTLP endpoint over HTTP, as it is.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string? Type, string Body)> _posts = new();
    private readonly WebApplication _app;

    public OtlpCollector()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(TakeAsync);
        _app.Start();
    }

    public string Url => _app.Urls.First();

    public IEnumerable<(string Path, string? Type)> Posts => _posts.Select(post => (post.Path, post.Type)).Distinct();

    /// <summary>The bytes that came to a path. Names lie in protobuf as they are.</summary>
    public string At(string path) => string.Concat(_posts.Where(post => post.Path == path).Select(post => post.Body));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
        _posts.Enqueue((context.Request.Path, context.Request.ContentType, await reader.ReadToEndAsync()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
