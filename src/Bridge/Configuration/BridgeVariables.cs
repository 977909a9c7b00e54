using System.Collections;
using Microsoft.Extensions.Configuration;

namespace Bridge.Configuration;

/// <summary>Variables such as <c>BRIDGE__LIMITS__MAXCALLS</c> as configuration: the name is the path, two underscores are its dots.</summary>
public static class BridgeVariables
{
    /// <summary>How every such variable begins.</summary>
    public const string Prefix = "BRIDGE__";

    /// <summary>Adds the variables of this process.</summary>
    /// <param name="builder">The configuration; what was added before is overridden.</param>
    /// <returns>The same builder.</returns>
    public static IConfigurationBuilder AddBridgeVariables(this IConfigurationBuilder builder) =>
        builder.AddBridgeVariables(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value)));

    /// <summary>Adds given variables.</summary>
    /// <param name="builder">The configuration; what was added before is overridden.</param>
    /// <param name="variables">The variables; those with another beginning are left out.</param>
    /// <returns>The same builder.</returns>
    public static IConfigurationBuilder AddBridgeVariables(
        this IConfigurationBuilder builder, IEnumerable<KeyValuePair<string, string?>> variables)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new Source(variables.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))));
    }

    private sealed class Source(IEnumerable<KeyValuePair<string, string?>> variables) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => new BridgeVariablesProvider(variables);
    }
}
