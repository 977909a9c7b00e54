using Bridge.Catalog;
using Microsoft.Extensions.Hosting;

namespace Bridge.Http.Endpoints;

/// <summary>Whether requests should come here: every source is ready or failed, and the process does not stop.</summary>
internal sealed class Readiness(ToolCatalog catalog, IHostApplicationLifetime lifetime)
{
    private Task? _settled;

    public string State =>
        lifetime.ApplicationStopping.IsCancellationRequested ? "stopping"
        : Settled().IsCompletedSuccessfully ? "ready"
        : "starting";

    private Task Settled()
    {
        Task? settled = Volatile.Read(ref _settled);
        if (settled is null or { IsFaulted: true } or { IsCanceled: true })
        {
            settled = catalog.WaitUntilSettledAsync(lifetime.ApplicationStopping);
            Volatile.Write(ref _settled, settled);
        }

        return settled;
    }
}
