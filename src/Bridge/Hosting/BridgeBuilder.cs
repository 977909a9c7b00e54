using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Hosting;

/// <summary>The builder over a service collection.</summary>
internal sealed class BridgeBuilder(IServiceCollection services) : IBridgeBuilder
{
    public IServiceCollection Services { get; } = services;
}
