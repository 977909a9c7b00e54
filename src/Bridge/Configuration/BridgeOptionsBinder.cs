using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;

namespace Bridge.Configuration;

/// <summary>Binds the section <c>Bridge</c> strictly: an unknown key is an error, and every error is named at once.</summary>
public static class BridgeOptionsBinder
{
    /// <summary>Binds the section.</summary>
    /// <param name="configuration">The configuration that holds the section <see cref="BridgeOptions.SectionName"/>.</param>
    /// <returns>The options.</returns>
    /// <exception cref="BridgeConfigurationException">A key is unknown or a value is not allowed.</exception>
    public static BridgeOptions Bind(IConfiguration configuration)
    {
        var options = new BridgeOptions();
        ImmutableArray<ConfigProblem> problems = TryBind(configuration, options);
        return problems.IsEmpty ? options : throw new BridgeConfigurationException(problems);
    }

    /// <summary>Takes over what the section says into options that hold defaults.</summary>
    /// <param name="configuration">The configuration that holds the section <see cref="BridgeOptions.SectionName"/>.</param>
    /// <param name="options">The options; what is allowed is taken over even when something else is not.</param>
    /// <returns>The problems; empty when there is none.</returns>
    public static ImmutableArray<ConfigProblem> TryBind(IConfiguration configuration, BridgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(options);
        var binding = new OptionBinding(configuration, options);
        binding.BindSection(configuration.GetSection(BridgeOptions.SectionName), "");
        return binding.Problems;
    }
}
