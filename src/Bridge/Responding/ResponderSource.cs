using System.Collections.Concurrent;
using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Profiles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Bridge.Responding;

/// <summary>Finds the responder of a name.</summary>
/// <param name="providers">Who makes responders.</param>
/// <param name="profiles">How to treat each model.</param>
/// <param name="options">The configured responder.</param>
public sealed class ResponderSource(
    IEnumerable<IModelProvider> providers, IModelProfiles profiles, IOptionsMonitor<BridgeOptions> options) : IDisposable
{
    private const int MaxClients = 256;

    private readonly ImmutableArray<IModelProvider> _providers = [.. providers];
    private readonly ConcurrentDictionary<(ModelName Name, int Version), IChatClient> _clients = new();

    /// <summary>The configured responder's name.</summary>
    public string DefaultName => options.CurrentValue.Responder;

    /// <summary>Finds a responder.</summary>
    /// <param name="name">Its name, such as <c>ollama/llama3.2:3b</c>; <see langword="null"/> for the configured one.</param>
    /// <returns>The chat client, shared; <see langword="null"/> when nothing serves the name.</returns>
    /// <exception cref="FormatException">The text is not a model name.</exception>
    public IChatClient? Find(string? name)
    {
        ModelName model = ModelName.Parse(name ?? DefaultName);
        (ModelName, int) key = (model, profiles.Version);
        if (_clients.TryGetValue(key, out IChatClient? known))
        {
            return known;
        }

        if (_clients.Count >= MaxClients)
        {
            _clients.Clear(); // clients name models as they like; what is in use is kept by its user
        }

        return Create(model, profiles.Find(model)) is { } made ? _clients.GetOrAdd(key, made) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IChatClient client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private IChatClient? Create(ModelName model, ModelProfile profile)
    {
        foreach (IModelProvider provider in _providers)
        {
            if (provider.Serves(model.Provider) && provider.CreateResponder(model, profile) is { } client)
            {
                return client;
            }
        }

        return null;
    }
}
