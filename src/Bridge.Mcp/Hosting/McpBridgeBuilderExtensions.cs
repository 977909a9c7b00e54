using Bridge.Catalog;
using Bridge.Hosting;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Credentials;
using Bridge.Mcp.Probing;
using Bridge.Mcp.Prompts;
using Bridge.Mcp.Resources;
using Bridge.Mcp.SignIn;
using Bridge.Mcp.Sources;
using Bridge.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Bridge.Mcp.Hosting;

/// <summary>Gives a bridge the tools of MCP servers.</summary>
public static class McpBridgeBuilderExtensions
{
    /// <summary>Adds MCP servers, configured by <see cref="McpServersOptions"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says which servers; may be called several times.</param>
    /// <returns>The builder.</returns>
    public static IBridgeBuilder WithMcpServers(this IBridgeBuilder builder, Action<McpServersOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<McpServersOptions>();
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        if (builder.Services.All(service => service.ServiceType != typeof(McpServers)))
        {
            builder.Services.AddLogging();
            builder.Services.TryAddSingleton(static _ => CredentialKey.OfProcess());
            builder.Services.TryAddSingleton<CredentialStore>();
            builder.Services.TryAddSingleton<UpstreamLogins>();
            builder.Services.TryAddSingleton<ClientCredentials>();
            builder.Services.AddSingleton<McpServers>();
            builder.Services.AddSingleton<IToolSourceProvider>(services => services.GetRequiredService<McpServers>());
            builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredService<McpServers>());
            builder.Services.TryAddSingleton<McpPrompts>();
            builder.Services.TryAddSingleton<McpResources>();
            builder.Services.TryAddSingleton<ServerTest>();
            builder.Services.AddGateway();
        }

        return builder;
    }

    /// <summary>Adds the MCP servers of a file, and follows the file while the program runs.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="file">The file, such as <c>config/mcp.json</c>.</param>
    /// <returns>The builder.</returns>
    public static IBridgeBuilder WithMcpServers(this IBridgeBuilder builder, string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return builder.WithMcpServers(options => options.File = Path.GetFullPath(file));
    }

    /// <summary>Adds one MCP server.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="server">The server.</param>
    /// <returns>The builder.</returns>
    public static IBridgeBuilder Server(this IBridgeBuilder builder, McpServerConfig server) =>
        builder.WithMcpServers(options => options.Servers.Add(server));

    /// <summary>Adds an MCP server behind a URL: Streamable HTTP, or legacy SSE where the server speaks only that.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="url">The address, such as <c>http://localhost:8080</c>; the id is made from its host and port.</param>
    /// <param name="headers">Headers sent with every request, such as <c>Authorization</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The text is not an http or https address.</exception>
    public static IBridgeBuilder Server(this IBridgeBuilder builder, string url, IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{url}' is not an http or https address. For a process, give an id, a command and its arguments.", nameof(url));
        }

        McpServerConfig server = McpServerConfig.Http(McpServerId.FromUrl(address), address);
        return builder.Server(server with { Headers = server.Headers.AddRange(headers ?? []) });
    }

    /// <summary>Adds an MCP server that Bridge starts.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="id">The source's id.</param>
    /// <param name="command">The executable: a path, or a name looked up in PATH.</param>
    /// <param name="arguments">Its arguments; no shell reads them.</param>
    /// <returns>The builder.</returns>
    public static IBridgeBuilder Server(this IBridgeBuilder builder, string id, string command, params string[] arguments) =>
        builder.Server(McpServerConfig.Stdio(McpServerId.FromName(id), command, arguments));
}
