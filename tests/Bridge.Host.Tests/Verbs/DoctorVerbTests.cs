using System.Text.Json;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;

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

    public void Dispose() => _run.Dispose();

    private JsonElement[] Findings() => [.. JsonElement.Parse(_run.Output).GetProperty("findings").EnumerateArray()];
}
