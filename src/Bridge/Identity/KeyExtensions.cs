using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bridge.Identity;

/// <summary>Registers the keys of clients, and the checks of tokens.</summary>
public static class KeyExtensions
{
    /// <summary>Adds <see cref="TokenVerifier"/>, and <see cref="KeyRing"/> over the registered store and data folder; what is registered already stays.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddBridgeKeys(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LocalKeyFile>();
        services.TryAddSingleton<KeyRing>();
        services.TryAddSingleton<ITokenKeyLoader, TokenKeyLoader>();
        services.TryAddSingleton<TokenKeyCache>();
        services.TryAddSingleton<TokenVerifier>();
        return services;
    }
}
