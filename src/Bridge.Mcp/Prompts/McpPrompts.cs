using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Sources;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Prompt = Bridge.Prompts.Prompt;

namespace Bridge.Mcp.Prompts;

/// <summary>The prompts of MCP servers. Thread-safe.</summary>
/// <param name="servers">The servers.</param>
public sealed class McpPrompts(McpServers servers)
{
    /// <summary>Lists the prompts of a server.</summary>
    /// <param name="server">The server's id.</param>
    /// <param name="context">On whose behalf; <see langword="null"/> for the local user.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The prompts; none when the server has none to offer.</returns>
    /// <exception cref="McpRequestException">The server is not there, refused, or was lost.</exception>
    public Task<ImmutableArray<McpPrompt>> ListAsync(string server, CallContext? context = null, CancellationToken cancellationToken = default) =>
        servers.AskAsync(server, context, "its prompts", client => ListAsync(server, client, cancellationToken), cancellationToken);

    /// <summary>Gets a prompt with its blanks filled in.</summary>
    /// <param name="server">The server's id.</param>
    /// <param name="name">The prompt's name.</param>
    /// <param name="arguments">What to fill in.</param>
    /// <param name="context">On whose behalf; <see langword="null"/> for the local user.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The prompt.</returns>
    /// <exception cref="McpRequestException">The server is not there, refused, or was lost.</exception>
    public async Task<Prompt> GetAsync(
        string server,
        string name,
        IReadOnlyDictionary<string, string>? arguments = null,
        CallContext? context = null,
        CancellationToken cancellationToken = default)
    {
        var request = new GetPromptRequestParams
        {
            Name = name,
            Arguments = arguments?.ToDictionary(pair => pair.Key, pair => ToJson(pair.Value), StringComparer.Ordinal),
        };
        GetPromptResult result = await servers.AskAsync(
            server, context, $"the prompt '{name}'", client => client.GetPromptAsync(request, cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
        return Prompt.FromMessages(result.Messages.Select(message => new ChatMessage(
            message.Role == Role.Assistant ? ChatRole.Assistant : ChatRole.User,
            [ContentMapper.ToContent(message.Content)])));
    }

    private static async Task<ImmutableArray<McpPrompt>> ListAsync(string server, McpClient client, CancellationToken cancellationToken)
    {
        if (client.ServerCapabilities.Prompts is null)
        {
            return [];
        }

        IList<McpClientPrompt> listed = await client.ListPromptsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return
        [
            .. listed.Select(prompt => new McpPrompt(server, prompt.Name)
            {
                Title = prompt.Title,
                Description = prompt.Description,
                Arguments =
                [
                    .. (prompt.ProtocolPrompt.Arguments ?? []).Select(argument =>
                        new McpPromptArgument(argument.Name, argument.Description, argument.Required == true)),
                ],
            }),
        ];
    }

    private static JsonElement ToJson(string text) => JsonElement.Parse(JsonSerializer.Serialize(text));
}
