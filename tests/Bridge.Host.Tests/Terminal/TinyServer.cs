using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Bridge.Host.Tests.Terminal;

/// <summary>An HTTP server on loopback that answers everything with one text.</summary>
internal sealed class TinyServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TinyServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public static async Task<TinyServer> StartAsync(string answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(answer);
        });
        await app.StartAsync();
        return new TinyServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
