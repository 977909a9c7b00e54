using System.Collections.Immutable;
using Bridge.Redaction;
using Microsoft.Extensions.Configuration;

namespace Bridge.Configuration;

/// <summary>One walk over the section, collecting what is wrong.</summary>
/// <param name="configuration">The configuration, to tell a variable from a file.</param>
/// <param name="options">The options to fill.</param>
internal sealed class OptionBinding(IConfiguration configuration, BridgeOptions options)
{
    private readonly ImmutableArray<ConfigProblem>.Builder _problems = ImmutableArray.CreateBuilder<ConfigProblem>();

    /// <summary>What is wrong, in the order found.</summary>
    public ImmutableArray<ConfigProblem> Problems => _problems.ToImmutable();

    /// <summary>Takes over a section and what lies below it.</summary>
    /// <param name="section">The section.</param>
    /// <param name="path">Its path below <c>Bridge</c>; empty for <c>Bridge</c> itself.</param>
    public void BindSection(IConfigurationSection section, string path)
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            string childPath = path.Length == 0 ? child.Key : $"{path}:{child.Key}";
            if (OptionKeys.Single.FirstOrDefault(key => Same(key.Path, childPath)) is { } known)
            {
                BindValue(child, known, options);
            }
            else if (OptionKeys.Lists.TryGetValue(childPath, out Func<BridgeOptions, IList<string>>? list))
            {
                BindList(child, list(options));
                if (Same(childPath, OptionKeys.RedactionPatterns))
                {
                    CheckPatterns(child, list(options));
                }
            }
            else if (Same(childPath, OptionKeys.Tools))
            {
                BindTools(child);
            }
            else if (Same(childPath, OptionKeys.GatewayClients))
            {
                BindGatewayClients(child);
            }
            else if (OptionKeys.NamesBelow(childPath).Any())
            {
                RequireObject(child);
                BindSection(child, childPath);
            }
            else
            {
                Unknown(child, OptionKeys.NamesBelow(path));
            }
        }
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private void BindTools(IConfigurationSection tools)
    {
        RequireObject(tools);
        foreach (IConfigurationSection tool in tools.GetChildren())
        {
            RequireObject(tool);
            var bound = new ToolOptions();
            options.Tools[tool.Key] = bound;
            foreach (IConfigurationSection child in tool.GetChildren())
            {
                if (OptionKeys.OfTool.FirstOrDefault(key => Same(key.Path, child.Key)) is { } known)
                {
                    BindValue(child, known, bound);
                }
                else
                {
                    Unknown(child, OptionKeys.OfTool.Select(key => key.Path));
                }
            }
        }
    }

    private void BindGatewayClients(IConfigurationSection clients)
    {
        RequireObject(clients);
        options.Gateway.Clients.Clear();
        foreach (IConfigurationSection client in clients.GetChildren())
        {
            RequireObject(client);
            var bound = new GatewayClientOptions();
            options.Gateway.Clients.Add(bound);
            foreach (IConfigurationSection child in client.GetChildren())
            {
                if (Same(child.Key, nameof(bound.Tools)))
                {
                    BindList(child, bound.Tools);
                }
                else if (OptionKeys.OfGatewayClient.FirstOrDefault(key => Same(key.Path, child.Key)) is { } known)
                {
                    BindValue(child, known, bound);
                }
                else
                {
                    Unknown(child, OptionKeys.OfGatewayClient.Select(key => key.Path).Append(nameof(bound.Tools)));
                }
            }
        }
    }

    private void BindValue<T>(IConfigurationSection section, OptionKey<T> key, T target)
    {
        if (section.GetChildren().Any())
        {
            Report("invalid-value", section, $"'{Dotted(section)}' is one value, not a group or a list.", $"Write {key.Allowed}.");
        }
        else if (section.Value is { } text && !key.Set(target, text))
        {
            Report("invalid-value", section, $"'{text}' is not allowed for '{Dotted(section)}'.", $"Write {key.Allowed}.");
        }
    }

    private void BindList(IConfigurationSection section, IList<string> list)
    {
        list.Clear();
        IEnumerable<string?> values = string.IsNullOrEmpty(section.Value)
            ? section.GetChildren().Select(item => item.Value)
            : section.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string? value in values)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                Report("invalid-value", section, $"'{Dotted(section)}' has an entry that is not a text.", "Write a list of texts.");
            }
            else
            {
                list.Add(value);
            }
        }
    }

    private void CheckPatterns(IConfigurationSection section, IList<string> patterns)
    {
        foreach (string pattern in patterns.ToArray())
        {
            if (SecretRedactor.ProblemOf(pattern) is { } problem)
            {
                patterns.Remove(pattern);
                Report("invalid-value", section, $"'{pattern}' cannot be used as a pattern: {problem}", "Write a regular expression without lookarounds and back-references.");
            }
        }
    }

    private void RequireObject(IConfigurationSection section)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            Report("invalid-value", section, $"'{Dotted(section)}' is a group of settings, not the value '{section.Value}'.", "Write an object.");
        }
    }

    private void Unknown(IConfigurationSection section, IEnumerable<string> allowed)
    {
        string[] names = [.. allowed.Order(StringComparer.Ordinal)];
        string? meant = ConfigFileKeys.NearMiss(section.Key, names);
        Report(
            "unknown-key",
            section,
            $"The key '{Dotted(section)}' is unknown.",
            meant is null ? $"Remove it; allowed here are '{string.Join("', '", names)}'." : $"Write '{meant}'.");
    }

    private void Report(string code, IConfigurationSection section, string message, string cure) =>
        _problems.Add(new ConfigProblem(code, Locate(section), message, cure));

    private string Locate(IConfigurationSection section)
    {
        bool fromVariable = configuration is IConfigurationRoot root
            && root.Providers.LastOrDefault(provider => Holds(provider, section)) is BridgeVariablesProvider;
        return fromVariable
            ? $"variable {section.Path.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant()}"
            : $"{ConfigurationFolder.SettingsFile}: {Dotted(section)}";
    }

    private static bool Holds(IConfigurationProvider provider, IConfigurationSection section) =>
        provider.TryGet(section.Path, out _) || provider.GetChildKeys([], section.Path).Any();

    private static string Dotted(IConfigurationSection section) => section.Path.Replace(':', '.');
}
