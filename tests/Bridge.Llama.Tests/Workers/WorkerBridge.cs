using System.Diagnostics;
using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Hosting;
using Bridge.Llama.Hosting;
using Bridge.Llama.Workers;
using Bridge.Profiles;
using Bridge.TestKit;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Llama.Tests.Workers;

/// <summary>A bridge whose models run in worker processes.</summary>
internal sealed class WorkerBridge : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public WorkerBridge(WorkerMode mode = WorkerMode.Always, string? executable = null, TimeProvider? time = null, TimeSpan? patience = null)
    {
        InstalledRuntime.Require();
        var services = new ServiceCollection();
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        services.AddBridge().WithLlama();
        services.Configure<LlamaWorkerOptions>(options => options.Executable = executable ?? BuiltBridge.Executable);
        services.PostConfigure<BridgeOptions>(options =>
        {
            options.Llama.ContextTokens = 8192;
            options.Llama.Threads = 1;
            options.Llama.Worker = mode;
            options.Llama.WorkerPatience = patience ?? options.Llama.WorkerPatience;
        });
        _services = services.BuildServiceProvider();
    }

    public ModelWorkers Workers => _services.GetRequiredService<ModelWorkers>();

    private IModelProvider Provider => _services.GetServices<IModelProvider>().Single(provider => provider.Serves("llama"));

    public IToolCaller Caller(string? file = null) => Provider.CreateToolCaller(new ModelName("llama", file ?? TinyModels.File), ModelProfile.Default with { OutputTokens = 300 })!;

    public IChatClient Responder(string? file = null) => Provider.CreateResponder(new ModelName("llama", file ?? TinyModels.File), ModelProfile.Default)!;

    /// <summary>The process of a model; it is started where it does not run.</summary>
    public async Task<Process> ProcessAsync(string? file = null)
    {
        using WorkerLease lease = await Workers.UseAsync(file ?? TinyModels.File, CancellationToken.None);
        return Process.GetProcessById(lease.Connection.ProcessId);
    }

    /// <summary>A copy of the model of its own, for tests that change it.</summary>
    public static string Copy(string folder)
    {
        string copy = Path.Combine(folder, "copy.gguf");
        File.Copy(TinyModels.File, copy);
        return copy;
    }

    /// <summary>A shell script that is started in place of a worker.</summary>
    public static string Script(TemporaryFolder folder, string lines)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A shell script.");
        string path = folder.Write("program", $"#!/bin/sh\n{lines}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
