using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Calling;
using Bridge.Catalog;
using Bridge.ChatCalling;
using Bridge.Configuration;
using Bridge.Policy;
using Bridge.Profiles;
using Bridge.Schemas.Signatures;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bridge.Hosting;

/// <summary>What a program brings to its bridge: tools, tool callers, settings.</summary>
public static class BridgeBuilderExtensions
{
    /// <summary>The source id of functions given in code.</summary>
    private const string CodeSource = "code";

    /// <summary>Adds a .NET function as a tool of the source <c>code</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="function">The function, such as <c>AIFunctionFactory.Create(…)</c> makes.</param>
    /// <returns>The builder.</returns>
    public static IBridgeBuilder WithTool(this IBridgeBuilder builder, AIFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return builder.AddCodeTool(_ => function);
    }

    /// <summary>Lets the rules of a file allow and deny calls.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="file">The file (JSON or YAML), followed while the program runs; it may not exist yet.</param>
    /// <returns>The builder.</returns>
    /// <remarks>A file that cannot be used throws a <see cref="BridgeConfigurationException"/> when it is first read; later, the last good one stays in force.</remarks>
    public static IBridgeBuilder WithPolicy(this IBridgeBuilder builder, string file)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(file);
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PolicyFileWatch>(provider, Path.GetFullPath(file)));
        builder.Services.Replace(ServiceDescriptor.Singleton(provider => provider.GetRequiredService<PolicyFileWatch>().State));
        return builder;
    }

    /// <summary>Adds a delegate as a tool of the source <c>code</c>; its schema is exported from its parameters.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The tool's name.</param>
    /// <param name="description">What it does, for the tool caller to read.</param>
    /// <param name="function">The delegate; parameters that are a <see cref="CancellationToken"/> or a service are supplied, not asked for.</param>
    /// <returns>The builder.</returns>
    public static IBridgeBuilder WithTool(this IBridgeBuilder builder, string name, string description, Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return builder.AddCodeTool(services => MethodFunctions.Create(function, name, description, services));
    }

    /// <summary>Adds a tool of the source <c>code</c> by its parameters.</summary>
    /// <typeparam name="TResult">What it answers: text, a <see cref="ToolResult"/>, content, or a value that is written as JSON.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The tool's name.</param>
    /// <param name="description">What it does, for the tool caller to read.</param>
    /// <param name="parameters">Its parameters, such as <c>ToolParameter.String("city", "The city", required: true)</c>.</param>
    /// <param name="run">Runs it with the validated arguments, a JSON object.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The parameters make no schema; see <see cref="ToolSchema.From"/>.</exception>
    public static IBridgeBuilder WithTool<TResult>(
        this IBridgeBuilder builder, string name, string description, IEnumerable<ToolParameter> parameters,
        Func<JsonElement, CancellationToken, Task<TResult>> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return builder.WithTool(new DeclaredFunction(
            name, description, ToolSchema.From(parameters).Source,
            async (arguments, cancellationToken) => await run(arguments, cancellationToken).ConfigureAwait(false)));
    }

    /// <summary>Adds a tool of the source <c>code</c> by its parameters, one that answers at once.</summary>
    /// <typeparam name="TResult">What it answers: text, a <see cref="ToolResult"/>, content, or a value that is written as JSON.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The tool's name.</param>
    /// <param name="description">What it does, for the tool caller to read.</param>
    /// <param name="parameters">Its parameters, such as <c>ToolParameter.String("city", "The city", required: true)</c>.</param>
    /// <param name="run">Runs it with the validated arguments, a JSON object.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The parameters make no schema; see <see cref="ToolSchema.From"/>.</exception>
    public static IBridgeBuilder WithTool<TResult>(
        this IBridgeBuilder builder, string name, string description, IEnumerable<ToolParameter> parameters, Func<JsonElement, TResult> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return builder.WithTool(name, description, parameters, (arguments, _) => Task.FromResult(run(arguments)));
    }

    /// <summary>Adds a source of tools.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="source">The source; it stays the caller's to dispose.</param>
    /// <returns>The builder.</returns>
    public static IBridgeBuilder WithToolSource(this IBridgeBuilder builder, IToolSource source)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IToolSourceProvider>(new FixedSources([source]));
        return builder;
    }

    /// <summary>Makes a tool caller given in code the one that is asked.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="profile">How to treat it; <see langword="null"/> for the defaults.</param>
    /// <returns>The builder.</returns>
    public static IBridgeBuilder ToolCaller(this IBridgeBuilder builder, IToolCaller caller, ModelProfile? profile = null) =>
        builder.AddCodeCaller((_, _) => caller, profile);

    /// <summary>Makes any chat client the tool caller: one line for Ollama's, LLamaSharp's or anybody's client.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="client">The chat client.</param>
    /// <param name="profile">How to treat its model; <see langword="null"/> for the defaults.</param>
    /// <returns>The builder.</returns>
    public static IBridgeBuilder ToolCaller(this IBridgeBuilder builder, IChatClient client, ModelProfile? profile = null) =>
        builder.AddCodeCaller((name, how) => new ChatClientToolCaller(client, name, how), profile);

    /// <summary>Changes settings, over what configuration says.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder.</returns>
    public static IBridgeBuilder Configure(this IBridgeBuilder builder, Action<BridgeOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.PostConfigure(configure);
        return builder;
    }

    private static IBridgeBuilder AddCodeTool(this IBridgeBuilder builder, Func<IServiceProvider, AIFunction> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(services => new CodeTool(create(services)));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IToolSourceProvider, CodeTools>());
        return builder;
    }

    private static IBridgeBuilder AddCodeCaller(
        this IBridgeBuilder builder, Func<ModelName, ModelProfile, IToolCaller> create, ModelProfile? profile)
    {
        ArgumentNullException.ThrowIfNull(builder);
        int number = builder.Services.Count(service => service.ImplementationInstance is CodeModelProvider) + 1;
        var provider = new CodeModelProvider($"{CodeSource}-{number}", create);
        builder.Services.AddSingleton<IModelProvider>(provider);
        if (profile is not null)
        {
            builder.Services.AddSingleton(new ModelProfileOverride(provider.Model, _ => profile));
        }

        return builder.Configure(options => options.Callers.Add(provider.Model.ToString()));
    }

    /// <summary>A function given in code.</summary>
    private sealed record CodeTool(AIFunction Function);

    /// <summary>All functions given in code, one source.</summary>
    private sealed class CodeTools(IEnumerable<CodeTool> tools, IServiceProvider services) : IToolSourceProvider
    {
        public event Action? Changed
        {
            add { }
            remove { }
        }

        public ImmutableArray<IToolSource> Sources { get; } =
            [new FunctionToolSource(CodeSource, tools.Select(tool => tool.Function), services)];

        public Task WaitUntilSettledAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
