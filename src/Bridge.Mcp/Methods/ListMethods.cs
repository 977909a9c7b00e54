using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;

namespace Bridge.Mcp.Methods;

/// <summary><c>tools/list</c>: the tools of all sources.</summary>
/// <param name="lists">What clients see.</param>
internal sealed class ToolsListMethod(GatewayLists lists) : ListMethod(McpMethods.ToolsList)
{
    /// <inheritdoc/>
    protected override async ValueTask<ListPages> PagesAsync(GatewaySession session, CancellationToken cancellationToken) =>
        (await lists.ToolsAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)).Pages;
}

/// <summary><c>prompts/list</c>: the prompts of all servers.</summary>
/// <param name="lists">What clients see.</param>
internal sealed class PromptsListMethod(GatewayLists lists) : ListMethod(McpMethods.PromptsList)
{
    /// <inheritdoc/>
    protected override async ValueTask<ListPages> PagesAsync(GatewaySession session, CancellationToken cancellationToken) =>
        (await lists.PromptsAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)).Pages;
}

/// <summary><c>resources/list</c>: the resources of all servers.</summary>
/// <param name="lists">What clients see.</param>
internal sealed class ResourcesListMethod(GatewayLists lists) : ListMethod(McpMethods.ResourcesList)
{
    /// <inheritdoc/>
    protected override async ValueTask<ListPages> PagesAsync(GatewaySession session, CancellationToken cancellationToken) =>
        (await lists.ResourcesAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)).Resources;
}

/// <summary><c>resources/templates/list</c>: the templates of all servers.</summary>
/// <param name="lists">What clients see.</param>
internal sealed class TemplatesListMethod(GatewayLists lists) : ListMethod(McpMethods.TemplatesList)
{
    /// <inheritdoc/>
    protected override async ValueTask<ListPages> PagesAsync(GatewaySession session, CancellationToken cancellationToken) =>
        (await lists.ResourcesAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)).Templates;
}
