using System.Collections.Concurrent;
using Bridge.Calling;
using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.Vectors;

/// <summary>A provider <c>fake</c> whose embeddings a test decides.</summary>
internal sealed class FakeEmbeddings : IModelProvider, IEmbeddingGenerator<string, Embedding<float>>
{
    public ConcurrentQueue<string[]> Asked { get; } = new();

    public Func<string[], CancellationToken, Task<float[][]>> Answer { get; set; } = (texts, _) => Task.FromResult(texts.Select(_ => new float[] { 1 }).ToArray());

    public bool Serves(string provider) => provider == "fake";

    public IToolCaller? CreateToolCaller(ModelName name, ModelProfile profile) => null;

    public IChatClient? CreateResponder(ModelName name, ModelProfile profile) => null;

    public IEmbeddingGenerator<string, Embedding<float>>? CreateEmbeddings(ModelName name) => name.Model == "none" ? null : this;

    public Task<ModelProbe> ProbeAsync(ModelName name, CancellationToken cancellationToken) => Task.FromResult(new ModelProbe(true, ""));

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        Asked.Enqueue(texts);
        return new GeneratedEmbeddings<Embedding<float>>((await Answer(texts, cancellationToken)).Select(vector => new Embedding<float>(vector)));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
