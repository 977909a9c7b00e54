using System.Diagnostics;
using Bridge.Host.Composition;
using Bridge.TestKit;

namespace Bridge.Host.Tests.Composition;

public sealed class BridgeExecutableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Find_RunsAsItself_IsThatFile() =>
        BridgeExecutable.Find("/opt/bridge", _folder.Path, _folder.Path).Should().Be("/opt/bridge");

    [Fact]
    public void Find_RunsUnderDotnet_TakesTheExecutableBeside() =>
        BridgeExecutable.Find("/usr/bin/dotnet", BuiltBridge.Folder, _folder.Path).Should().Be(BuiltBridge.Executable);

    [Fact]
    public async Task Find_NoExecutableBeside_WritesALauncherThatWorks()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The launcher is a shell script.");
        string program = Path.Combine(_folder.Path, "it's here");
        Directory.CreateDirectory(program);
        foreach (string file in Directory.GetFiles(BuiltBridge.Folder).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
        {
            File.CreateSymbolicLink(Path.Combine(program, Path.GetFileName(file)), file);
        }

        string launcher = BridgeExecutable.Find(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", program, Path.Combine(_folder.Path, "data"));

        File.ReadAllText(launcher).Should().Contain("\"$@\"");
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-n", launcher]))!;
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0);
    }

    public void Dispose() => _folder.Dispose();
}
