using Bridge.Configuration;
using Bridge.Http.Endpoints;
using Bridge.Http.Errors;
using Bridge.Http.Gateway;
using Bridge.Http.Guards;
using Bridge.Http.Metrics;
using Bridge.Identity;
using Bridge.Mcp.Gateway;
using Bridge.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Bridge.Http.Hosting;

/// <summary>Adds the HTTP faces of Bridge to an ASP.NET application.</summary>
public static class BridgeHttpExtensions
{
    /// <summary>Adds what the HTTP faces need beside the bridge itself; Kestrel listens where <c>Bridge:Http:Url</c> says.</summary>
    /// <param name="services">The services.</param>
    /// <param name="access">What was asked for on the command line; <see langword="null"/> for the safe defaults.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddBridgeHttp(this IServiceCollection services, Action<AccessOptions>? access = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<BridgeOptions>();
        services.AddOptions<AccessOptions>().Configure(options => access?.Invoke(options));
        services.AddBridgeKeys();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<KestrelServerOptions>, KestrelSetup>());
        services.TryAddSingleton<MetricsCollector>();
        services.TryAddSingleton<PromptGate>();
        services.TryAddSingleton<Readiness>();
        services.TryAddSingleton<ChatResponder>();
        services.TryAddSingleton<ModelDirectory>();
        services.TryAddSingleton<StartCheck>();
        services.TryAddSingleton<HttpSessions>();
        return services;
    }

    /// <summary>Puts the guards in front of everything the application serves, and maps the endpoints.</summary>
    /// <param name="app">The application. Endpoints mapped elsewhere demand <see cref="KeyScopes.Admin"/> unless they say otherwise.</param>
    /// <returns>The application.</returns>
    /// <exception cref="InvalidOperationException">A registration is missing; the message holds the line to add.</exception>
    public static WebApplication MapBridge(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        RequireRegistrations(app.Services);
        app.UseMiddleware<RequestIdGuard>();
        app.UseMiddleware<RequestMeter>();
        app.UseMiddleware<ErrorBoundary>();
        app.UseMiddleware<HostGuard>();
        app.UseMiddleware<OriginGuard>();
        app.UseMiddleware<KeyGuard>();
        app.UseMiddleware<RateGuard>();
        app.UseMiddleware<ContentTypeGuard>();
        app.UseMiddleware<PromptGuard>();
        HealthEndpoints.Map(app);
        MetricsEndpoint.Map(app);
        ToolCallEndpoint.Map(app);
        ChatEndpoint.Map(app);
        ModelEndpoints.Map(app);
        ToolEndpoints.Map(app);
        MapGateway(app);
        return app;
    }

    // A bridge of functions alone has no servers to stand in front of.
    private static void MapGateway(WebApplication app)
    {
        if (app.Services.GetService<IServiceProviderIsService>()?.IsService(typeof(McpGateway)) == true)
        {
            ActivatorUtilities.CreateInstance<StreamableHttpEndpoints>(app.Services).Map(app);
            ActivatorUtilities.CreateInstance<SseEndpoints>(app.Services).Map(app);
        }
    }

    private static void RequireRegistrations(IServiceProvider services)
    {
        // Metrics count from here on, not from the first scrape.
        if (services.GetService<MetricsCollector>() is null)
        {
            throw new InvalidOperationException("The HTTP faces are not registered: add 'builder.Services.AddBridgeHttp();'.");
        }

        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IToolCallBridge)) != true)
        {
            throw new InvalidOperationException("The bridge is not registered: add 'builder.Services.AddBridge(builder.Configuration);'.");
        }
    }
}
