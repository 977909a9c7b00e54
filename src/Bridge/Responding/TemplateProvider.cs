using Bridge.Calling;
using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.Responding;

/// <summary>Serves <c>template</c>, the responder that ships with Bridge.</summary>
internal sealed class TemplateProvider : IModelProvider
{
    public bool Serves(string provider) => provider == TemplateResponder.Name;

    public IToolCaller? CreateToolCaller(ModelName name, ModelProfile profile) => null;

    public IChatClient? CreateResponder(ModelName name, ModelProfile profile) => new TemplateResponder();

    public Task<ModelProbe> ProbeAsync(ModelName name, CancellationToken cancellationToken) =>
        Task.FromResult(new ModelProbe(true, "Ships with Bridge: says results in plain sentences, without a model."));
}
