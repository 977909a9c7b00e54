using System.Text.Json;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;
using Bridge.Llama.Runtimes;
using Bridge.TestKit;

namespace Bridge.Host.Tests.Verbs;

public sealed class DoctorVerbTests : IDisposable
{
    private readonly CommandRun _run = new();

    [Fact]
    public async Task Doctor_UnknownKey_IsAnErrorWithTheCure()
    {
        _run.Write("mine/appsettings.json", """{"Bridge": {"Limits": {"MaxCals": 3}}}""");

        (await _run.RunAsync("doctor", "--config", "mine", "--json")).Should().Be(ExitCode.Failed);

        JsonElement finding = Findings().Single(item => item.GetProperty("code").GetString() == "unknown-key");
        finding.GetProperty("level").GetString().Should().Be("error");
        finding.GetProperty("cure").GetString().Should().Contain("MaxCalls");
    }

    [Fact]
    public async Task Doctor_RuleThatCannotBeRead_IsAnErrorThatNamesFileAndRule()
    {
        _run.Write("mine/policy.json", """{"rules": [{"tool": "files/*", "effect": "forbid"}]}""");

        (await _run.RunAsync("doctor", "--config", "mine", "--json")).Should().Be(ExitCode.Failed);

        JsonElement finding = Findings().Single(item => item.GetProperty("level").GetString() == "error");
        finding.ToString().Should().Contain("policy.json: rules[0].effect").And.Contain("'allow' or 'deny'".Replace("'", "\u0027"));
    }

    [Fact]
    [Trait("Attack", "P1")]
    public async Task Doctor_UntrustedFolder_IsAnErrorAndStartsNothing()
    {
        _run.Write("config/mcp.json", """{"mcpServers": {"x": {"command": "touch", "args": ["started"]}}}""");

        (await _run.RunAsync("doctor", "--json")).Should().Be(ExitCode.Failed);

        Findings().Should().Contain(item => item.GetProperty("code").GetString() == "untrusted-folder");
        File.Exists(Path.Combine(_run.Current, "started")).Should().BeFalse();
    }

    [Fact]
    public async Task Doctor_DataFolderIsAFile_IsAnError()
    {
        string file = _run.Write("data-file", "");

        (await _run.RunAsync("doctor", "--data", file)).Should().Be(ExitCode.Failed);

        _run.Output.Should().Contain("[data-folder-unusable]").And.Contain("--data");
    }

    [Theory]
    [InlineData("embedded", "note", ExitCode.Ok)]
    [InlineData("llama/qwen", "error", ExitCode.Failed)]
    public async Task Doctor_NoLlamaCpp_IsAnErrorOnlyWhereAModelNeedsIt(string caller, string level, int code)
    {
        _run.Write("mine/appsettings.json", $$$"""{"Bridge": {"Callers": ["{{{caller}}}"], "Llama": {"Runtime": "nothing-here"} } }""");

        (await _run.RunAsync("doctor", "--config", "mine", "--json")).Should().Be(code);

        JsonElement finding = Findings().Single(item => item.GetProperty("code").GetString() == "engine-missing");
        finding.GetProperty("level").GetString().Should().Be(level);
        finding.GetProperty("message").GetString().Should().Contain("'nothing-here' holds no llama.cpp library");
        finding.GetProperty("cure").GetString().Should().Contain("install-runtime");
    }

    [Fact]
    public async Task Doctor_LlamaCppIsInstalled_SaysWhichAndWithWhichDevices()
    {
        RuntimeChoice choice = LlamaRuntime.Find(configured: null, _run.Data);
        Assert.SkipWhen(choice.Folder is null, string.Join(' ', choice.Passed));

        (await _run.RunAsync("doctor", "--json")).Should().Be(ExitCode.Ok, _run.Output);

        JsonElement finding = Findings().Single(item => item.GetProperty("code").GetString() == "engine");
        finding.GetProperty("level").GetString().Should().Be("ok");
        finding.GetProperty("message").GetString().Should().StartWith($"{choice.Folder!.Backend}, ").And.MatchRegex(@"\(.+\), [\d.]+ [KMGT]iB of [\d.]+ [KMGT]iB free");
        finding.GetProperty("detail").GetString().Should().Contain(choice.Folder.Path).And.ContainAll(choice.Passed.Where(passed => !passed.HasDriver).Select(passed => passed.Reason));
        Findings().Count(item => item.GetProperty("code").GetString() == "engine-backend").Should().Be(choice.Passed.Count(passed => passed.HasDriver));
    }

    [Fact]
    public async Task Doctor_NoGraphicsDevice_TellsAPersonInOneLine()
    {
        RuntimeChoice choice = LlamaRuntime.Find(configured: null, _run.Data);
        Assert.SkipWhen(choice.Folder?.Backend != RuntimeBackend.Cpu || choice.Passed.Any(passed => passed.HasDriver), "This machine has a graphics device, or no llama.cpp.");

        (await _run.RunAsync("doctor")).Should().Be(ExitCode.Ok, _run.Output);
        string line = _run.Output.Split('\n').Where(text => text.Contains("llama.cpp: ", StringComparison.Ordinal)).Should().ContainSingle().Which;
        line.Should().StartWith("ok").And.Contain("Cpu, ").And.Contain("iB free.").And.Contain($"{string.Join(", ", choice.Passed.Select(passed => passed.Backend))}: no such device's driver is on this machine.");
        _run.Output.Should().NotContain(choice.Folder!.Path).And.NotContain("libcuda");

        (await _run.RunAsync("doctor", "--verbose")).Should().Be(ExitCode.Ok, _run.Output);
        _run.Output.Should().Contain(choice.Folder.Path).And.Contain(choice.Passed[0].Reason);
    }

    [Fact]
    public async Task Doctor_FolderThatIsNoLlamaCpp_IsUnusable()
    {
        foreach (string library in new[] { "libllama.so", "libggml-base.so", "libggml.so" })
        {
            _run.Write($"mine/broken/{library}", "no library");
        }

        _run.Write("mine/appsettings.json", $$$"""{"Bridge": {"Callers": ["llama/qwen"], "Llama": {"Runtime": "{{{Path.Combine(_run.Current, "mine", "broken")}}}"} } }""");

        (await _run.RunAsync("doctor", "--config", "mine", "--json")).Should().Be(ExitCode.Failed);

        Findings().Single(item => item.GetProperty("code").GetString() == "engine-unusable").GetProperty("level").GetString().Should().Be("error");
    }

    [Fact]
    [Trait("Attack", "J6")]
    public async Task J6_DoctorAndTools_HostileSchemasBesideGoodOnes_NameEachWithItsReason()
    {
        _run.Variables["PATH"] = Environment.GetEnvironmentVariable("PATH");
        _run.Write("mine/mcp.json", $$$"""{"mcpServers": {"hostile": {"command": "dotnet", "args": ["{{{BuiltServers.Dll("Hostile")}}}", "hostile-schemas"]} } }""");

        await _run.RunAsync("doctor", "--config", "mine", "--json");

        JsonElement[] findings = Findings();
        findings.Should().Contain(item => item.GetProperty("message").GetString() == "Connected; 3 tools.");
        JsonElement[] refused = [.. findings.Where(item => item.GetProperty("code").GetString() == "tool-not-offered")];
        refused.Should().HaveCount(10).And.OnlyContain(item => item.GetProperty("level").GetString() == "warning");
        refused.Single(item => item.GetProperty("subject").GetString() == "hostile/circle")
            .GetProperty("message").GetString().Should().Contain("refers to itself without end");

        (await _run.RunAsync("tools", "--config", "mine")).Should().Be(ExitCode.Ok, _run.Error);
        _run.Output.Should().Contain("hostile/good").And.Contain("hostile/also-good").And.NotContain("hostile/circle");
        _run.Error.Should().Contain("The tool 'hostile/fetch-file' is not offered: ").And.Contain("schemas are never fetched");

        (await _run.RunAsync("call", "hostile/good", """{"text":"hello"}""", "--config", "mine")).Should().Be(ExitCode.Ok, _run.Error);
        _run.Output.Should().Contain("hello");
    }

    public void Dispose() => _run.Dispose();

    private JsonElement[] Findings() => [.. JsonElement.Parse(_run.Output).GetProperty("findings").EnumerateArray()];
}
