using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TestServers.Weather;

/// <summary>The HTTP host: the guard at the door, and the two transports.</summary>
internal sealed class WeatherHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WeatherHost(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public Task Stopped => _app.WaitForShutdownAsync();

    public static async Task<WeatherHost> StartAsync(int port, string? token, Offer offer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        WebApplication app = builder.Build();
        app.Use((context, next) => Guard(context, next, token));
        new SseEndpoint(offer.CreateOptions).Map(app, offer.Legacy ? "/" : "/sse");
        if (!offer.Legacy)
        {
            MapStreamableHttp(app, offer);
        }

        await app.StartAsync();
        return new WeatherHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void MapStreamableHttp(WebApplication app, Offer offer)
    {
        new StreamableHttpEndpoint(offer.CreateOptions).Map(app);
        app.MapGet("/began", context => WeatherTools.Began.WaitAsync(context.RequestAborted));
        app.MapGet("/cancelled", context => WeatherTools.Cancelled.WaitAsync(context.RequestAborted));
        app.MapPost("/moved", context =>
        {
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = "/mcp";
            return Task.CompletedTask;
        });
        app.MapPost("/elsewhere", context =>
        {
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = "http://127.0.0.1:1/mcp";
            return Task.CompletedTask;
        });
    }

    private static Task Guard(HttpContext context, RequestDelegate next, string? token)
    {
        if (token is not null && context.Request.Headers.Authorization != $"Bearer {token}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Task.CompletedTask;
        }

        return next(context);
    }
}
