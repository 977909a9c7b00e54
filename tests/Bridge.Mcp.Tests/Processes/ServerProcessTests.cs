using System.Diagnostics;
using System.Text;
using Bridge.Mcp.Processes;
using Bridge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Mcp.Tests.Processes;

public sealed class ServerProcessTests
{
    [Fact]
    [Trait("Attack", "P4")]
    public async Task Start_ErrorOutput_IsKeptWithinBounds()
    {
        await using ServerProcess process = Start("sh", "-c", "for i in $(seq 200); do echo line $i >&2; done; head -c 5000 /dev/zero | tr '\\0' x >&2; exit 4");

        (await process.Exited.WaitAsync(TimeSpan.FromSeconds(30))).Should().Be(4);
        SpinWait.SpinUntil(() => process.ErrorText.EndsWith('x'), TimeSpan.FromSeconds(10)).Should().BeTrue();

        process.ErrorText.Split('\n').Should().HaveCount(51).And.NotContain("line 150").And.Contain("line 151");
        process.ErrorText.Split('\n')[^1].Length.Should().Be(1000);
    }

    [Fact]
    [Trait("Attack", "P2")]
    public async Task Start_ArgumentsWithShellCharacters_ArePassedAsTheyAre()
    {
        await using ServerProcess process = Start("printf", "%s|", "$(id)", "a b", "'\"", "*");
        using var reader = new StreamReader(process.Output);

        (await reader.ReadToEndAsync()).Should().Be("$(id)|a b|'\"|*|");
    }

    [Fact]
    public async Task Start_OnUnix_LeadsAGroupOfItsOwn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        await using ServerProcess process = Start("cat");
        int Group() => int.Parse(File.ReadAllText($"/proc/{process.Id}/stat").Split(") ")[1].Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);

        SpinWait.SpinUntil(() => Group() == process.Id, TimeSpan.FromSeconds(10)).Should().BeTrue();
    }

    [Fact]
    public void AddOwnRuntime_RuntimeElsewhere_IsFoundByOurOwnProgram()
    {
        Environment.SetEnvironmentVariable("DOTNET_ROOT_X64", "/opt/dotnet");
        Dictionary<string, string> environment = ChildEnvironment.Create([]);
        environment.Should().NotContainKey("DOTNET_ROOT_X64");

        ChildEnvironment.AddOwnRuntime(environment);

        environment.Should().Contain("DOTNET_ROOT_X64", "/opt/dotnet");
        Environment.SetEnvironmentVariable("DOTNET_ROOT_X64", null);
    }

    [Fact]
    public async Task DisposeAsync_Twice_IsHarmless()
    {
        ServerProcess process = Start("cat");

        await process.DisposeAsync();
        await process.DisposeAsync();

        process.Exited.IsCompleted.Should().BeTrue();
    }

    [Fact]
    public void Start_WhatCannotBeStarted_SaysWhyAndTheCure()
    {
        using var folder = new TemporaryFolder();
        string plain = folder.Write("plain.txt", "no program");
        string garbage = folder.Write("garbage", "\u0001\u0002");
        File.SetUnixFileMode(garbage, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Refusal(new ProcessSpec("s", "npx-not-there", [])).Should().Match("*not in PATH*");
        Refusal(new ProcessSpec("s", "/no/such/file", [])).Should().Match("*does not exist*");
        Refusal(new ProcessSpec("s", plain, [])).Should().Match("*not executable*chmod*");
        Refusal(new ProcessSpec("s", "cat", []) { WorkingDirectory = "/no/such/folder" }).Should().Match("*/no/such/folder*cwd*");
        Refusal(new ProcessSpec("s", "npx", []) { Environment = new ProcessSpec("", "", []).Environment.Add("PATH", folder.Path) }).Should().Match("*Install Node.js*");
    }

    [Fact]
    public async Task Kill_ProcessTree_EndsTheProcess()
    {
        using Process process = Process.Start("sleep", "600");
        using var tree = new ProcessTree(process);

        tree.Terminate();
        tree.Kill();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        tree.Kill();

        process.HasExited.Should().BeTrue();
    }

    [Fact]
    [Trait("Attack", "H9")]
    [Trait("Attack", "P4")]
    public async Task Read_LineLongerThanAllowed_Fails()
    {
        byte[] text = Encoding.UTF8.GetBytes("short\n" + new string('x', 20) + "\nshort\n");
        await using var allowed = new BoundedLineStream(new MemoryStream(text), 26, "s");
        await using var refused = new BoundedLineStream(new MemoryStream(text.AsSpan(0, 20).ToArray()), 10, "s");

        new StreamReader(allowed).ReadToEnd().Should().HaveLength(text.Length);
        FluentActions.Invoking(() => refused.Read(new byte[100], 0, 100)).Should().Throw<IOException>().WithMessage("*'s'*more than 10 bytes*");
        allowed.CanSeek.Should().BeFalse();
        FluentActions.Invoking(() => allowed.Seek(0, SeekOrigin.Begin)).Should().Throw<NotSupportedException>();
        FluentActions.Invoking(() => allowed.Write([1], 0, 1)).Should().Throw<NotSupportedException>();
    }

    private static string Refusal(ProcessSpec spec)
    {
        ProcessStartException error = FluentActions.Invoking(() => ServerProcess.Start(spec, NullLogger.Instance, TimeProvider.System))
            .Should().Throw<ProcessStartException>().Which;
        return $"{error.Message} {error.Cure}";
    }

    private static ServerProcess Start(string command, params string[] arguments) =>
        ServerProcess.Start(new ProcessSpec("test", command, [.. arguments]), NullLogger.Instance, TimeProvider.System);
}
