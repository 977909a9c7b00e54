using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;

namespace Bridge.Mcp.Methods;

/// <summary><c>tools/list</c>: the tools of all sources.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="time">The clock.</param>
internal sealed class ToolsListMethod(GatewayLists lists, TimeProvider time) : ListMethod(McpMethods.ToolsList, time)
{
    /// <inheritdoc/>
    protected override async ValueTask<ListPages> PagesAsync(GatewaySession session, CancellationToken cancellationToken) =>
        (await lists.ToolsAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)).Pages;
}

/// <summary><c>prompts/list</c>: the prompts of all servers.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="time">The clock.</param>
internal sealed class PromptsListMethod(GatewayLists lists, TimeProvider time) : ListMethod(McpMethods.PromptsList, time)
{
    /// <inheritdoc/>
    protected override async ValueTask<ListPages> PagesAsync(GatewaySession session, CancellationToken cancellationToken) =>
        (await lists.PromptsAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)).Pages;
}

/// <summary><c>resources/list</c>: the resources of all servers.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="time">The clock.</param>
internal sealed class ResourcesListMethod(GatewayLists lists, TimeProvider time) : ListMethod(McpMethods.ResourcesList, time)
{
    /// <inheritdoc/>
    protected override async ValueTask<ListPages> PagesAsync(GatewaySession session, CancellationToken cancellationToken) =>
        (await lists.ResourcesAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)).Resources;
}

/// <summary><c>resources/templates/list</c>: the templates of all servers.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="time">The clock.</param>
internal sealed class TemplatesListMethod(GatewayLists lists, TimeProvider time) : ListMethod(McpMethods.TemplatesList, time)
{
    /// <inheritdoc/>
    protected override async ValueTask<ListPages> PagesAsync(GatewaySession session, CancellationToken cancellationToken) =>
        (await lists.ResourcesAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)).Templates;
}
