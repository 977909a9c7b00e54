using System.Collections.Concurrent;
using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.Profiles;
using Microsoft.Extensions.Options;

namespace Bridge.Proposing;

/// <summary>The tool callers that are asked, in order.</summary>
public sealed class CallerCascade
{
    private const string DefaultCaller = "embedded";
    private const int MaxCallers = 256;

    private readonly ImmutableArray<IModelProvider> _providers;
    private readonly IModelProfiles _profiles;
    private readonly IOptionsMonitor<BridgeOptions> _options;
    private readonly ConcurrentDictionary<(ModelName Name, int Version), CallerEntry> _callers = new();

    /// <summary>Makes the cascade.</summary>
    /// <param name="providers">Who makes tool callers.</param>
    /// <param name="profiles">How to treat each model.</param>
    /// <param name="options">The configured order.</param>
    public CallerCascade(IEnumerable<IModelProvider> providers, IModelProfiles profiles, IOptionsMonitor<BridgeOptions> options)
    {
        _providers = [.. providers];
        _profiles = profiles;
        _options = options;
    }

    /// <summary>The configured names, in the order they are asked.</summary>
    public ImmutableArray<string> Names => _options.CurrentValue.Callers is { Count: > 0 } names ? [.. names] : [DefaultCaller];

    /// <summary>Finds the callers to ask.</summary>
    /// <param name="only">The one caller to ask; <see langword="null"/> for the configured cascade.</param>
    /// <param name="problem">What is wrong with the first name that cannot be used; <see langword="null"/> when all can.</param>
    /// <returns>The callers, in the order they are asked; empty when there is a problem.</returns>
    public ImmutableArray<CallerEntry> Resolve(string? only, out Reason? problem)
    {
        problem = null;
        ImmutableArray<string> names = only is null ? Names : [only];
        var entries = ImmutableArray.CreateBuilder<CallerEntry>(names.Length);
        foreach (string name in names)
        {
            if (Find(name, out problem) is not { } entry)
            {
                return [];
            }

            entries.Add(entry);
        }

        return entries.MoveToImmutable();
    }

    private CallerEntry? Find(string text, out Reason? problem)
    {
        problem = null;
        ModelName name;
        try
        {
            name = ModelName.Parse(text);
        }
        catch (FormatException error)
        {
            problem = new Reason(ReasonKind.UnknownModel, error.Message);
            return null;
        }

        (ModelName, int) key = (name, _profiles.Version);
        if (_callers.Count >= MaxCallers)
        {
            _callers.Clear(); // clients name models as they like
        }

        if (_callers.TryGetValue(key, out CallerEntry? known) || (known = Create(name)) is not null)
        {
            return _callers.GetOrAdd(key, known);
        }

        problem = new Reason(
            ReasonKind.UnknownModel,
            $"'{text}' is no tool caller: nothing serves '{name.Provider}' as one. Use 'embedded', 'ollama/MODEL', 'openai/MODEL' or a provider named in the models file.");
        return null;
    }

    private CallerEntry? Create(ModelName name)
    {
        ModelProfile profile = _profiles.Find(name);
        foreach (IModelProvider provider in _providers)
        {
            if (provider.Serves(name.Provider) && provider.CreateToolCaller(name, profile) is { } caller)
            {
                return new CallerEntry(name, profile, caller);
            }
        }

        return null;
    }
}

/// <summary>A tool caller and how to treat it.</summary>
/// <param name="Name">The model.</param>
/// <param name="Profile">How to treat it.</param>
/// <param name="Caller">The caller.</param>
public sealed record CallerEntry(ModelName Name, ModelProfile Profile, IToolCaller Caller);
