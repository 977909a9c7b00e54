using Bridge.Audit;
using Bridge.Configuration;
using Bridge.Host.Terminal;
using Bridge.Hosting;
using Bridge.Identity;
using Bridge.Llama.Hosting;
using Bridge.Llama.Workers;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Hosting;
using Bridge.Mcp.Sources;
using Bridge.Models.Hosting;
using Bridge.Storage;
using Bridge.Traffic;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Host.Composition;

/// <summary>Puts the bridge of a configuration together: its servers, its models, its data folder.</summary>
internal static class BridgeServices
{
    /// <summary>The variable of the running executable in files.</summary>
    public const string ExecutableVariable = "bridge:exe";

    /// <summary>Adds everything.</summary>
    /// <param name="services">The services.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="environment">The process.</param>
    /// <param name="choice">Which servers to start.</param>
    /// <returns>The services.</returns>
    /// <exception cref="DataFolderException">The data folder cannot be used.</exception>
    public static IServiceCollection AddAll(
        this IServiceCollection services, BridgeSettings settings, CommandEnvironment environment, ServerChoice choice)
    {
        DataFolder data = DataFolder.Open(settings.DataFolder);
        services.AddSingleton(data);
        services.AddSingleton(CredentialKey.Of(data, environment.Variable(CredentialKey.Variable)));
        services.AddSingleton(environment.Clock);
        services.AddSingleton<IBridgeStore, FileBridgeStore>();
        services.AddSingleton<IAuditLog, JsonLinesAuditLog>();
        services.AddSingleton<ITrafficLog, JsonLinesTrafficLog>();
        services.AddBridgeKeys();
        services.PostConfigure<BridgeOptions>(options => Anchor(options, settings.Folder.Path));
        services.Configure<LlamaWorkerOptions>(workers => workers.Executable = ExecutableOf(settings, environment));
        services.AddBridge(settings.Configuration)
            .WithPolicy(settings.PolicyFile)
            .WithModels(settings.ModelsFile, optional: true)
            .WithLlama()
            .WithMcpServers(options => Choose(options, settings, environment, choice));
        return services;
    }

    /// <summary>What <c>${…}</c> stands for in the file of servers.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="environment">The process.</param>
    /// <returns>The variables.</returns>
    public static ConfigFileVariables VariablesOf(BridgeSettings settings, CommandEnvironment environment) =>
        new(new Dictionary<string, string>(StringComparer.Ordinal) { [ExecutableVariable] = ExecutableOf(settings, environment) });

    /// <summary>The running executable, as one file that can be started.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="environment">The process.</param>
    /// <returns>Its path.</returns>
    public static string ExecutableOf(BridgeSettings settings, CommandEnvironment environment) =>
        environment.Executable ?? BridgeExecutable.Find(Environment.ProcessPath, AppContext.BaseDirectory, settings.DataFolder);

    /// <summary>Files that settings name lie where the settings lie, whatever the current folder.</summary>
    private static void Anchor(BridgeOptions options, string folder)
    {
        HttpOptions http = options.Http;
        http.CertificateFile = Full(http.CertificateFile);
        http.CertificateKeyFile = Full(http.CertificateKeyFile);
        http.Tokens.KeysFile = Full(http.Tokens.KeysFile);
        options.Embedded.Weights = Full(options.Embedded.Weights);
        options.Embedded.Ranker = Full(options.Embedded.Ranker);

        string? Full(string? file) => string.IsNullOrEmpty(file) ? file : Path.GetFullPath(file, folder);
    }

    private static void Choose(McpServersOptions options, BridgeSettings settings, CommandEnvironment environment, ServerChoice choice)
    {
        string executable = ExecutableOf(settings, environment);
        options.Variables[ExecutableVariable] = executable;
        if (!File.Exists(settings.McpFile))
        {
            if (choice.Matches(SampleServer.Id))
            {
                options.Servers.Add(SampleServer.Config(executable));
            }
        }
        else if (choice.Name is null)
        {
            options.File = choice.None ? null : settings.McpFile;
        }
        else
        {
            foreach (McpServerConfig server in McpServerFile.Load(settings.McpFile, VariablesOf(settings, environment)).Servers)
            {
                if (choice.Matches(server.Id))
                {
                    options.Servers.Add(server);
                }
            }
        }
    }
}
