using System.Collections.Immutable;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Sources;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Prompt = Bridge.Prompts.Prompt;

namespace Bridge.Mcp.Resources;

/// <summary>The resources of MCP servers. Thread-safe.</summary>
/// <param name="servers">The servers.</param>
public sealed class McpResources(McpServers servers)
{
    /// <summary>Lists the resources of a server, templates behind the others.</summary>
    /// <param name="server">The server's id.</param>
    /// <param name="context">On whose behalf; <see langword="null"/> for the local user.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The resources; none when the server has none to offer.</returns>
    /// <exception cref="McpRequestException">The server is not there, refused, or was lost.</exception>
    public Task<ImmutableArray<McpResource>> ListAsync(string server, CallContext? context = null, CancellationToken cancellationToken = default) =>
        servers.AskAsync(server, context, "its resources", client => ListAsync(server, client, cancellationToken), cancellationToken);

    /// <summary>Reads a resource.</summary>
    /// <param name="server">The server's id.</param>
    /// <param name="uri">The resource's URI.</param>
    /// <param name="context">On whose behalf; <see langword="null"/> for the local user.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>A user message with the content: text as text, anything else as data.</returns>
    /// <exception cref="McpRequestException">The server is not there, refused, or was lost.</exception>
    public async Task<ChatMessage> ReadAsync(string server, string uri, CallContext? context = null, CancellationToken cancellationToken = default)
    {
        ReadResourceResult result = await servers.AskAsync(
            server, context, $"the resource '{uri}'", client => client.ReadResourceAsync(uri, cancellationToken: cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
        return new ChatMessage(ChatRole.User, [.. result.Contents.Select(ContentMapper.ToContent)]);
    }

    /// <summary>Reads a resource to the end of a prompt.</summary>
    /// <param name="prompt">The prompt; it is not changed.</param>
    /// <param name="server">The server's id.</param>
    /// <param name="uri">The resource's URI.</param>
    /// <param name="context">On whose behalf; <see langword="null"/> for the local user.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The prompt with one more user message.</returns>
    /// <exception cref="McpRequestException">The server is not there, refused, or was lost.</exception>
    public async Task<Prompt> AppendAsync(
        Prompt prompt, string server, string uri, CallContext? context = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return prompt.Append(await ReadAsync(server, uri, context, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<ImmutableArray<McpResource>> ListAsync(string server, McpClient client, CancellationToken cancellationToken)
    {
        if (client.ServerCapabilities.Resources is null)
        {
            return [];
        }

        IList<McpClientResource> resources = await client.ListResourcesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        IList<McpClientResourceTemplate> templates = await client.ListResourceTemplatesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return
        [
            .. resources.Select(resource => new McpResource(server, resource.Uri, resource.Name, IsTemplate: false)
            {
                Title = resource.Title,
                Description = resource.Description,
                MediaType = resource.MimeType,
                Size = resource.ProtocolResource.Size,
            }),
            .. templates.Select(template => new McpResource(server, template.UriTemplate, template.Name, IsTemplate: true)
            {
                Title = template.Title,
                Description = template.Description,
                MediaType = template.MimeType,
            }),
        ];
    }
}
