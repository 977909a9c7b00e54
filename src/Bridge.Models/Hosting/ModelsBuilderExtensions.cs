using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Hosting;
using Bridge.Models.Ollama;
using Bridge.Models.OpenAi;
using Bridge.Profiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bridge.Models.Hosting;

/// <summary>Adds models over HTTP to a bridge: OpenAI-compatible endpoints and Ollama.</summary>
public static class ModelsBuilderExtensions
{
    /// <summary>Adds the providers <c>openai</c> and <c>ollama</c>, and those of a models file.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="file">The models file (JSON or YAML), read when first needed and followed while the program runs; <see langword="null"/> for none.</param>
    /// <param name="optional">Whether the file may be missing.</param>
    /// <returns>The builder.</returns>
    /// <remarks>A file that cannot be used throws a <see cref="BridgeConfigurationException"/> when it is first read; later, the last good one stays in force.</remarks>
    public static IBridgeBuilder WithModels(this IBridgeBuilder builder, string? file = null, bool optional = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ModelsState>();
        services.TryAddSingleton<IModelProfiles>(provider => provider.GetRequiredService<ModelsState>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelProvider, OpenAiProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelProvider, OllamaProvider>());
        if (file is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(provider =>
                ActivatorUtilities.CreateInstance<ModelsFileWatch>(provider, new ModelsFileLocation(file, optional))));
            services.Replace(ServiceDescriptor.Singleton(provider => provider.GetRequiredService<ModelsFileWatch>().State));
        }

        return builder;
    }

    /// <summary>Adds a model to the cascade of tool callers, and the providers that serve models.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="model">The model, such as <c>ollama/llama3-groq-tool-use</c>.</param>
    /// <param name="attempts">How often it may propose for one prompt; <see langword="null"/> for its profile's number.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="FormatException">The text is no model name.</exception>
    public static IBridgeBuilder ToolCaller(this IBridgeBuilder builder, string model, int? attempts = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ModelName name = ModelName.Parse(model);
        if (attempts is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(attempts));
            builder.Services.AddSingleton(new ModelProfileOverride(name, profile => profile with { Attempts = number }));
        }

        builder.Services.PostConfigure<BridgeOptions>(options =>
        {
            if (!options.Callers.Contains(model))
            {
                options.Callers.Add(model);
            }
        });
        return builder.WithModels();
    }

    /// <summary>Makes a model the one that writes answers, and adds the providers that serve models.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="model">The model, such as <c>openai/gpt-4.1-mini</c> or <c>template</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="FormatException">The text is no model name.</exception>
    public static IBridgeBuilder Responder(this IBridgeBuilder builder, string model)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = ModelName.Parse(model);
        builder.Services.PostConfigure<BridgeOptions>(options => options.Responder = model);
        return builder.WithModels();
    }
}
