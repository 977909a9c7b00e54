using System.Collections.Immutable;
using Bridge.Approval;
using Bridge.Audit;
using Bridge.Calling;
using Bridge.Catalog;
using Bridge.Configuration;
using Bridge.Embedded;
using Bridge.Execution;
using Bridge.Experience;
using Bridge.Pipeline;
using Bridge.Policy;
using Bridge.Profiles;
using Bridge.Proposing;
using Bridge.Responding;
using Bridge.Shortlisting;
using Bridge.Storage;
using Bridge.Traffic;
using Bridge.Vectors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Hosting;

/// <summary>Adds Bridge to a program.</summary>
public static class BridgeServiceCollectionExtensions
{
    /// <summary>Adds the bridge. Parts of other packages follow as <c>WithX</c>; a service registered before wins.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration whose section <c>Bridge</c> is read; <see langword="null"/> for defaults.</param>
    /// <returns>The builder.</returns>
    public static IBridgeBuilder AddBridge(this IServiceCollection services, IConfiguration? configuration = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.AddSettings(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ToolCatalog>();
        services.AddShortlisting();
        services.AddProposing();
        services.AddExecution();
        services.TryAddSingleton<ITrafficLog, NoTrafficLog>();
        services.TryAddSingleton<PromptRecorder>();
        services.TryAddSingleton<PromptPipeline>();
        services.TryAddSingleton<IToolCallBridge>(provider => new ToolCallBridge(provider.GetRequiredService<PromptPipeline>()));
        services.TryAddSingleton<ResponderSource>();
        return new BridgeBuilder(services);
    }

    private static void AddSettings(this IServiceCollection services, IConfiguration? configuration)
    {
        OptionsBuilder<BridgeOptions> options = services.AddOptions<BridgeOptions>();
        if (configuration is not null)
        {
            options.Configure(settings =>
            {
                ImmutableArray<ConfigProblem> problems = BridgeOptionsBinder.TryBind(configuration, settings);
                if (!problems.IsEmpty)
                {
                    throw new BridgeConfigurationException(problems);
                }
            });
        }

        services.AddSingleton(new BridgeConfigurationSource(configuration));
        services.AddSingleton<IOptionsMonitor<BridgeOptions>, LastGoodOptions>();
    }

    private static void AddShortlisting(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new RankedShortlister(
            RankerFile.Read(provider.GetRequiredService<IOptionsMonitor<BridgeOptions>>().CurrentValue.Embedded.Ranker),
            provider.GetRequiredService<EarlierRequests>()));
        services.TryAddSingleton<EarlierRequests>();
        services.TryAddSingleton<EmbeddingModel>();
        services.TryAddSingleton<EmbeddingCalls>();
        services.TryAddSingleton<ToolVectors>();
        services.TryAddSingleton<IShortlister, FusedShortlister>();
    }

    private static void AddExecution(this IServiceCollection services)
    {
        services.TryAddSingleton<PolicyState>();
        services.TryAddSingleton<RulesMonitor>();
        services.TryAddSingleton<PolicySet>();
        services.TryAddSingleton(provider => new ToolVisibility(provider.GetRequiredService<RulesMonitor>(), provider.GetServices<IToolPolicy>()));
        services.TryAddSingleton<IBridgeStore, InMemoryBridgeStore>();
        services.TryAddSingleton<IDefinitionPins, DefinitionPins>();
        services.TryAddSingleton<IToolTrust>(provider => provider.GetRequiredService<IDefinitionPins>());
        services.TryAddSingleton<ApprovalGate>();
        services.TryAddSingleton<IAuditLog, InMemoryAuditLog>();
        services.TryAddSingleton<IToolExecutor, ToolExecutor>();
        services.TryAddSingleton<ToolBatchExecutor>();
    }

    private static void AddProposing(this IServiceCollection services)
    {
        services.TryAddSingleton<ModelsState>();
        services.TryAddSingleton<IModelProfiles>(provider => provider.GetRequiredService<ModelsState>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelProvider, EmbeddedProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelProvider, TemplateProvider>());
        services.TryAddSingleton<CallerCascade>();
        services.TryAddSingleton<ToolBudget>();
        services.TryAddSingleton<CallProposer>();
        services.TryAddSingleton(provider => new ToolProposer(
            provider.GetRequiredService<CallProposer>(),
            provider.GetRequiredService<IOptionsMonitor<BridgeOptions>>(),
            provider.GetRequiredService<ILogger<ToolProposer>>()));
    }
}
