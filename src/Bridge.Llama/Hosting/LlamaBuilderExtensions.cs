using Bridge.Calling;
using Bridge.Hosting;
using Bridge.Llama.Loading;
using Bridge.Llama.Store;
using Bridge.Llama.Workers;
using Bridge.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bridge.Llama.Hosting;

/// <summary>Adds models in process to a bridge.</summary>
public static class LlamaBuilderExtensions
{
    /// <summary>Adds the provider <c>llama</c>: GGUF models that run in this process or in workers, by their name in the model store or by their path.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <remarks>Nothing is loaded before a model is asked for. The store is that of the data folder, where there is one. <see cref="LlamaWorkerOptions"/> says how workers are started.</remarks>
    public static IBridgeBuilder WithLlama(this IBridgeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IModelFiles>(provider => new ModelFiles(StoreOf(provider)));
        services.AddOptions<LlamaWorkerOptions>();
        services.AddLogging();
        services.TryAddSingleton<ModelWorkers>();
        services.TryAddSingleton<IFileCheck, CheckedFiles>();
        services.TryAddSingleton<LoadedModels>();
        services.TryAddSingleton<IModelPlaces, ModelPlacesInForce>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelControl, LlamaModelControl>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelProvider, LlamaProvider>());
        return builder;
    }

    private static ModelStore? StoreOf(IServiceProvider provider) => provider.GetService<DataFolder>() is { } data
        ? new ModelStore(data, ModelStoreOptions.From(Environment.GetEnvironmentVariable), provider.GetRequiredService<TimeProvider>())
        : null;
}
