using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Mcp.Messages;

namespace Bridge.Mcp.Connections;

/// <summary>What a server offers beside tools, listed when first asked for and kept until the server says that it changed.</summary>
/// <param name="session">The session.</param>
internal sealed class FeatureLists(UpstreamSession session)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ImmutableArray<JsonElement>>>> _lists = new(StringComparer.Ordinal);

    /// <summary>The prompts, each as the server defines it.</summary>
    public Task<ImmutableArray<JsonElement>> PromptsAsync(CancellationToken cancellationToken) =>
        GetAsync(McpMethods.PromptsList, "prompts", session.Client.ServerCapabilities.Prompts is not null, cancellationToken);

    /// <summary>The resources, each as the server defines it.</summary>
    public Task<ImmutableArray<JsonElement>> ResourcesAsync(CancellationToken cancellationToken) =>
        GetAsync(McpMethods.ResourcesList, "resources", session.Client.ServerCapabilities.Resources is not null, cancellationToken);

    /// <summary>The templates of resources, each as the server defines it.</summary>
    public Task<ImmutableArray<JsonElement>> TemplatesAsync(CancellationToken cancellationToken) =>
        GetAsync(McpMethods.TemplatesList, "resourceTemplates", session.Client.ServerCapabilities.Resources is not null, cancellationToken);

    /// <summary>Forgets what a notification says has changed.</summary>
    public void Forget(string notification)
    {
        switch (notification)
        {
            case McpMethods.PromptsChanged:
                _lists.TryRemove(McpMethods.PromptsList, out _);
                break;
            case McpMethods.ResourcesChanged:
                _lists.TryRemove(McpMethods.ResourcesList, out _);
                _lists.TryRemove(McpMethods.TemplatesList, out _);
                break;
        }
    }

    private async Task<ImmutableArray<JsonElement>> GetAsync(string method, string member, bool offered, CancellationToken cancellationToken)
    {
        if (!offered)
        {
            return [];
        }

        // Who asks first does not decide how long the others wait: the listing itself has no caller.
        Lazy<Task<ImmutableArray<JsonElement>>> list = _lists.GetOrAdd(
            method, _ => new Lazy<Task<ImmutableArray<JsonElement>>>(() => session.ListAsync(method, member, CancellationToken.None)));
        try
        {
            return await list.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch when (list.Value.IsFaulted || list.Value.IsCanceled)
        {
            _lists.TryRemove(new(method, list));
            throw;
        }
    }
}
