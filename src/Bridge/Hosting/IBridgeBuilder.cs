using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Hosting;

/// <summary>Puts a bridge together; parts of other packages add themselves by extension methods.</summary>
public interface IBridgeBuilder
{
    /// <summary>The services; a registration made before Bridge's own wins.</summary>
    IServiceCollection Services { get; }
}
