using Bridge.Calling;
using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.Hosting;

/// <summary>Serves one tool caller that was given in code.</summary>
internal sealed class CodeModelProvider(string name, Func<ModelName, ModelProfile, IToolCaller> create) : IModelProvider
{
    public ModelName Model { get; } = new(name, "");

    public bool Serves(string provider) => provider == name;

    public IToolCaller? CreateToolCaller(ModelName name, ModelProfile profile) => create(name, profile);

    public IChatClient? CreateResponder(ModelName name, ModelProfile profile) => null;

    public Task<ModelProbe> ProbeAsync(ModelName name, CancellationToken cancellationToken) =>
        Task.FromResult(new ModelProbe(true, "Given in code."));
}
