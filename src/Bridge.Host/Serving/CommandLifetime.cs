using Microsoft.Extensions.Hosting;

namespace Bridge.Host.Serving;

/// <summary>Leaves the signals to the command line, which listens to them already.</summary>
internal sealed class CommandLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
