using System.Text.Json;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;
using Bridge.Llama.Runtimes;
using Bridge.TestKit;
using Bridge.TestKit.Gguf;

namespace Bridge.Host.Tests.Verbs;

public sealed class ModelsRuntimeVerbTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("models install-runtime --backend abacus", ExitCode.Usage, "There is no build of llama.cpp for 'abacus' on this platform; there are: ")]
    [InlineData("models install-runtime --registry http://example.org", ExitCode.Usage, "https://")]
    [InlineData("models load tiny", ExitCode.Usage, "No 'bridge serve' runs for this configuration")]
    [InlineData("models load tiny --standalone", ExitCode.Usage, "start it with 'bridge serve'")]
    [InlineData("models unload tiny", ExitCode.Ok, "there is nothing to unload")]
    public async Task Run_WhatCannotBe_SaysWhy(string line, int code, string expected)
    {
        (await _run.RunAsync(line.Split(' '))).Should().Be(code);
        _run.Error.Should().Contain(expected);
        _run.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task InstallRuntime_RegistryServesSomethingElse_InstallsNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInstaller.Backends.Length > 0, "Builds are pinned for Linux.");
        await using FileServer server = await FileServer.StartAsync();
        _run.Variables["npm_config_registry"] = server.Root.AbsoluteUri;

        (await _run.RunAsync("models", "install-runtime", "--backend", "CPU")).Should().Be(ExitCode.Failed);
        _run.Error.Should().Contain("the server answers 404");
        string path = server.Requests.Single().Path;
        path.Should().StartWith("/@node-llama-cpp/linux-");

        server.Put(path, "something else");
        (await _run.RunAsync("models", "install-runtime", "--backend", "cpu")).Should().Be(ExitCode.Failed);
        _run.Error.Should().Contain("it is another file, and was deleted");
        Directory.GetDirectories(Path.Combine(_run.Data, "llama-runtime")).Should().BeEmpty();
    }

    [Fact]
    public async Task InstallRuntime_BackendThatThisMachineCannotLoad_SaysWhatItLacks()
    {
        RuntimeChoice choice = LlamaRuntime.Find(configured: null, _run.Data);
        Assert.SkipUnless(OperatingSystem.IsLinux() && choice.Passed.Any(passed => passed is { Backend: RuntimeBackend.Vulkan, HasDriver: false }), "This machine has a Vulkan loader, or is none that it is built for.");

        // As if it were installed: the verb then fetches nothing.
        Install("linux-x64-vulkan", RuntimePinOf("linux-x64-vulkan"));
        (await _run.RunAsync("models", "install-runtime", "--backend", "vulkan")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Output.Should().Contain("was installed already");
        _run.Error.Should().Contain("'vulkan' is not what models run on now. Vulkan: libvulkan.so.1 is not on this machine.");
    }

    [Fact]
    public async Task LoadAndUnload_RunningServe_KeepsTheModel()
    {
        RuntimeChoice choice = LlamaRuntime.Find(configured: null, _run.Data);
        Assert.SkipWhen(choice.Folder is null, string.Join(' ', choice.Passed));
        await _run.RunAsync("models", "add", TinyModel.Write(Path.Combine(_run.Current, "tiny.gguf")));
        using var stop = new CancellationTokenSource();
        using CommandRun client = _run.Beside();
        Task<int> serving = _run.RunAsync(stop.Token, "serve", "--url", "http://127.0.0.1:0");
        await client.WaitForServeAsync(serving);

        (await client.RunAsync("models", "load", "tiny")).Should().Be(ExitCode.Ok, client.Error);
        client.Output.Should().StartWith("llama/tiny is loaded: llama 647K");
        (await client.RunAsync("models", "load", "llama/tiny", "--json")).Should().Be(ExitCode.Ok, client.Error);
        JsonElement.Parse(client.Output).GetProperty("state").GetString().Should().Be("loaded");
        (await client.RunAsync("models", "unload", "tiny", "--json")).Should().Be(ExitCode.Ok, client.Error);
        JsonElement.Parse(client.Output).GetProperty("state").GetString().Should().Be("unloaded");

        (await client.RunAsync("models", "load", "nobody")).Should().Be(ExitCode.Usage);
        client.Error.Should().Contain("There is no model 'llama/nobody'; there are: bridge, template, llama/tiny.");
        File.Delete(Path.Combine(client.Current, "tiny.gguf"));
        (await client.RunAsync("models", "load", "tiny")).Should().Be(ExitCode.Failed);
        client.Error.Should().Contain("refused (409)").And.Contain("tiny.gguf");

        await stop.CancelAsync();
        (await serving).Should().Be(ExitCode.Ok, _run.Error);
    }

    private static string RuntimePinOf(string package) => JsonElement.Parse(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "src/Bridge.Llama/npm/vulkan/package-lock.json")))
        .GetProperty("packages").GetProperty($"node_modules/@node-llama-cpp/{package}").GetProperty("integrity").GetString()!;

    private void Install(string package, string integrity)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_run.Data, "llama-runtime", package)).FullName;
        File.WriteAllText(Path.Combine(folder, "integrity"), integrity);
    }
}
