using Bridge.Configuration;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Methods;
using Bridge.Mcp.Modes;
using Bridge.Mcp.Results;
using Bridge.Mcp.Sources;
using Bridge.Mcp.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Mcp.Hosting;

/// <summary>Puts the gateway together.</summary>
internal static class GatewayServices
{
    /// <summary>Adds the gateway and every method it offers.</summary>
    /// <param name="services">The services.</param>
    public static void AddGateway(this IServiceCollection services)
    {
        services.TryAddSingleton<GatewayLists>();
        services.TryAddSingleton<Subscriptions>();
        services.TryAddSingleton<SessionNews>();
        services.TryAddSingleton<MethodTable>();
        services.TryAddSingleton<ResultStore>();
        services.TryAddSingleton<TaskDirectory>();
        services.TryAddSingleton<GatewayDoor>();
        services.TryAddSingleton(provider => new McpGateway(
            provider.GetRequiredService<MethodTable>(),
            provider.GetRequiredService<McpServers>(),
            provider.GetRequiredService<SessionNews>(),
            provider.GetRequiredService<ResultStore>(),
            provider.GetRequiredService<IOptionsMonitor<BridgeOptions>>(),
            provider.GetRequiredService<ILogger<McpGateway>>()));
        services.AddMethod<InitializeMethod>();
        services.AddMethod<DiscoverMethod>();
        services.AddMethod<ListenMethod>();
        services.AddMethod<PingMethod>();
        services.AddMethod<ToolsListMethod>();
        services.AddMethod<ToolsCallMethod>();
        services.AddMethod<TasksGetMethod>();
        services.AddMethod<TasksResultMethod>();
        services.AddMethod<TasksListMethod>();
        services.AddMethod<TasksUpdateMethod>();
        services.AddMethod<TasksCancelMethod>();
        services.AddMethod<PromptsListMethod>();
        services.AddMethod<PromptsGetMethod>();
        services.AddMethod<ResourcesListMethod>();
        services.AddMethod<TemplatesListMethod>();
        services.AddMethod<ResourcesReadMethod>();
        services.AddMethod<SubscribeMethod>();
        services.AddMethod<UnsubscribeMethod>();
        services.AddMethod<CompleteMethod>();
        services.AddMethod<SetLevelMethod>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGatewayNotice, RootsChangedNotice>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IToolFace, AllFace>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IToolFace, SearchFace>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IToolFace, RouterFace>());
    }

    private static void AddMethod<T>(this IServiceCollection services)
        where T : class, IGatewayMethod => services.TryAddEnumerable(ServiceDescriptor.Singleton<IGatewayMethod, T>());
}
