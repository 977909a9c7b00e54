using Bridge.Calling;
using Bridge.Embedded;
using Bridge.Llama.Calling;
using Bridge.Llama.Gguf;
using Bridge.Llama.Loading;
using Bridge.Llama.Responding;
using Bridge.Llama.Runtimes;
using Bridge.Llama.Workers;
using Bridge.Configuration;
using Bridge.Profiles;
using Bridge.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Bridge.Llama.Hosting;

/// <summary>Serves <c>llama/NAME</c> and <c>llama/FILE.gguf</c>: models that run in this process or in workers.</summary>
internal sealed class LlamaProvider(
    LoadedModels models, ModelWorkers workers, IModelFiles files, IOptionsMonitor<BridgeOptions> options, TimeProvider time, DataFolder? data = null) : IModelProvider
{
    /// <summary>The provider's name.</summary>
    public const string Name = "llama";

    private readonly EmbeddedToolCaller _guesser = new(time);

    /// <inheritdoc/>
    public bool Serves(string provider) => provider == Name;

    /// <inheritdoc/>
    public IToolCaller? CreateToolCaller(ModelName name, ModelProfile profile) =>
        name.Model.Length == 0 ? null
        : workers.AreUsed ? new WorkerToolCaller(workers, name, profile)
        : new LlamaToolCaller(models, name, profile, _guesser);

    /// <inheritdoc/>
    public IChatClient? CreateResponder(ModelName name, ModelProfile profile) =>
        name.Model.Length == 0 ? null
        : workers.AreUsed ? new WorkerChatClient(workers, name, profile)
        : new LlamaChatClient(models, name, profile);

    /// <inheritdoc/>
    public async Task<ModelProbe> ProbeAsync(ModelName name, CancellationToken cancellationToken)
    {
        RuntimeChoice choice = RuntimeLocator.Default.Find(options.CurrentValue.Llama.Runtime, data?.Path);
        if (choice.Folder is not { } folder)
        {
            return new ModelProbe(false, $"llama.cpp is not installed. {string.Join(' ', choice.Passed)}");
        }

        if (workers.AreUsed && workers.Fault is { } fault)
        {
            return new ModelProbe(false, fault);
        }

        try
        {
            var facts = ModelFacts.Read(await files.FindAsync(name.Model, cancellationToken).ConfigureAwait(false));
            return new ModelProbe(true, $"{facts.Architecture}, {facts.SizeLabel}, {facts.Quantisation}; runs in {(workers.AreUsed ? "a worker process" : "process")} on {folder.Backend} ({folder.Origin}).")
            {
                ContextTokens = (int)Math.Min(facts.ContextLength, int.MaxValue),
            };
        }
        catch (Exception error) when (error is IOException or GgufException or UnauthorizedAccessException)
        {
            return new ModelProbe(false, error.Message);
        }
    }
}
