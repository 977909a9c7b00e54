using System.Collections.Concurrent;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>What a server offers beside tools, listed when first asked for and kept until the server says that it changed, or until the time is over that it said.</summary>
/// <param name="session">The session.</param>
internal sealed class FeatureLists(UpstreamSession session)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<UpstreamList>>> _lists = new(StringComparer.Ordinal);

    private ServerCapabilities Offered => session.Client.ServerCapabilities;

    /// <summary>The prompts, each as the server defines it.</summary>
    public Task<UpstreamList> PromptsAsync(CancellationToken cancellationToken) =>
        GetAsync(McpMethods.PromptsList, "prompts", Offered.Prompts is not null, Offered.Prompts?.ListChanged == true, cancellationToken);

    /// <summary>The resources, each as the server defines it.</summary>
    public Task<UpstreamList> ResourcesAsync(CancellationToken cancellationToken) =>
        GetAsync(McpMethods.ResourcesList, "resources", Offered.Resources is not null, Offered.Resources?.ListChanged == true, cancellationToken);

    /// <summary>The templates of resources, each as the server defines it.</summary>
    public Task<UpstreamList> TemplatesAsync(CancellationToken cancellationToken) =>
        GetAsync(McpMethods.TemplatesList, "resourceTemplates", Offered.Resources is not null, Offered.Resources?.ListChanged == true, cancellationToken);

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

    private async Task<UpstreamList> GetAsync(string method, string member, bool offered, bool tellsOfChanges, CancellationToken cancellationToken)
    {
        if (!offered)
        {
            return UpstreamList.Empty;
        }

        // Who asks first does not decide how long the others wait: the listing itself has no caller.
        Task<UpstreamList> Fetch() => session.ListAsync(method, member, tellsOfChanges, CancellationToken.None);
        Lazy<Task<UpstreamList>> list = _lists.GetOrAdd(method, _ => new Lazy<Task<UpstreamList>>(Fetch));
        try
        {
            UpstreamList kept = await list.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (kept.Freshness?.IsOver(session.Now) != true)
            {
                return kept;
            }

            var renewed = new Lazy<Task<UpstreamList>>(() => RenewAsync(method, kept, Fetch));
            return _lists.TryUpdate(method, renewed, list) ? await renewed.Value.WaitAsync(cancellationToken).ConfigureAwait(false) : kept;
        }
        catch when (list.Value.IsFaulted || list.Value.IsCanceled)
        {
            _lists.TryRemove(new(method, list));
            throw;
        }
    }

    // What cannot be had anew, or not soon, stays as it was; what comes late is taken then.
    private async Task<UpstreamList> RenewAsync(string method, UpstreamList kept, Func<Task<UpstreamList>> fetch)
    {
        _lists.TryGetValue(method, out Lazy<Task<UpstreamList>>? self);
        Task<UpstreamList> fetching = fetch();
        try
        {
            return await fetching.WaitAsync(ListLifetime.Patience).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever keeps the server from listing, the list of before is what there is.
        catch (Exception)
#pragma warning restore CA1031
        {
            _ = fetching.ContinueWith(
                late =>
                {
                    if (late.IsCompletedSuccessfully && self is not null)
                    {
                        _lists.TryUpdate(method, new Lazy<Task<UpstreamList>>(late), self);
                    }

                    return late.Exception; // observed
                },
                TaskScheduler.Default);
            return kept with { Freshness = kept.Freshness! with { RenewAt = session.Now + ListLifetime.Least } };
        }
    }
}
