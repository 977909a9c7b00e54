using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Hosting;
using Bridge.Llama.Hosting;
using Bridge.Profiles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Llama.Tests;

/// <summary>A bridge whose models run in this process.</summary>
internal sealed class LlamaBridge : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public LlamaBridge(int? outputTokens = null)
    {
        InstalledRuntime.Require();
        var services = new ServiceCollection();
        services.AddBridge().WithLlama();
        services.PostConfigure<BridgeOptions>(options =>
        {
            options.Llama.ContextTokens = 8192;
            options.Llama.Threads = 1;
        });
        _services = services.BuildServiceProvider();
        Profile = ModelProfile.Default with { OutputTokens = outputTokens ?? 300 };
    }

    public ModelProfile Profile { get; }

    private IModelProvider Provider => _services.GetServices<IModelProvider>().Single(provider => provider.Serves("llama"));

    public IToolCaller Caller(string? file = null) => Provider.CreateToolCaller(new ModelName("llama", file ?? TinyModels.File), Profile)!;

    public IChatClient Responder(string? file = null) => Provider.CreateResponder(new ModelName("llama", file ?? TinyModels.File), Profile)!;

    public Task<ModelProbe> ProbeAsync(string file) => Provider.ProbeAsync(new ModelName("llama", file), CancellationToken.None);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
