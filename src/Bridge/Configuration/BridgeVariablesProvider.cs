using Microsoft.Extensions.Configuration;

namespace Bridge.Configuration;

/// <summary>Holds the variables, so that a problem can be told from one in a file.</summary>
internal sealed class BridgeVariablesProvider : ConfigurationProvider
{
    public BridgeVariablesProvider(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        foreach ((string name, string? value) in variables)
        {
            Data[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)] = value;
        }
    }
}
