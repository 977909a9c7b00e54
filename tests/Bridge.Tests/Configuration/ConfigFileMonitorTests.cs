using Bridge.Configuration;
using Bridge.TestKit;

namespace Bridge.Tests.Configuration;

public sealed class ConfigFileMonitorTests : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly List<string?> _changes = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Look_ContentUnchanged_IsSilent()
    {
        string file = _folder.Write("a.json", "1");
        using ConfigFileMonitor monitor = Start(file, "1");

        File.WriteAllText(file, "1");
        _time.Advance(s_interval * 3);

        _changes.Should().BeEmpty();
    }

    [Fact]
    public void Look_WriteRenameDeleteCreate_EachCountsOnce()
    {
        string file = _folder.Write("a.json", "1");
        using ConfigFileMonitor monitor = Start(file, "1");

        File.WriteAllText(file, "2");
        _time.Advance(s_interval * 2);
        File.Move(_folder.Write("b.json", "3"), file, overwrite: true);
        _time.Advance(s_interval * 2);
        File.Delete(file);
        _time.Advance(s_interval * 2);
        File.WriteAllText(file, "3");
        _time.Advance(s_interval * 2);

        _changes.Should().Equal("2", "3", null, "3");
    }

    [Fact]
    public void Look_SwappedSymbolicLink_Counts()
    {
        _folder.Write("v1/a.json", "1");
        _folder.Write("v2/a.json", "2");
        string data = Path.Combine(_folder.Path, "..data");
        string file = Path.Combine(_folder.Path, "a.json");
        Directory.CreateSymbolicLink(data, "v1");
        File.CreateSymbolicLink(file, Path.Combine("..data", "a.json"));
        using ConfigFileMonitor monitor = Start(file, "1");

        string next = Path.Combine(_folder.Path, "..next");
        Directory.CreateSymbolicLink(next, "v2");
        Directory.Delete(data);
        Directory.Move(next, data);
        _time.Advance(s_interval * 2);

        _changes.Should().Equal("2");
    }

    [Fact]
    public void Look_ChangeBetweenReadingAndStart_Counts()
    {
        using ConfigFileMonitor monitor = Start(_folder.Write("a.json", "2"), "1");

        _time.Advance(s_interval);

        _changes.Should().Equal("2");
    }

    [Fact]
    public void Look_FileStillBeingWritten_WaitsForTheEnd()
    {
        // Beginning without the folder leaves out the file system's notices, so that only this test moves the timer.
        using ConfigFileMonitor monitor = Start(Path.Combine(_folder.Path, "later", "a.json"), null);
        _time.Advance(TimeSpan.FromSeconds(1));

        string file = _folder.Write("later/a.json", "2");
        _time.Advance(s_interval - TimeSpan.FromMilliseconds(800)); // seen once
        File.WriteAllText(file, "22");
        _time.Advance(TimeSpan.FromSeconds(2));

        _changes.Should().Equal("22");
    }

    [Fact]
    public void Start_FolderAbsent_LooksAtIntervals()
    {
        string file = Path.Combine(_folder.Path, "later", "a.json");
        using ConfigFileMonitor monitor = Start(file, null);

        _folder.Write("later/a.json", "1");
        _time.Advance(s_interval * 2);

        _changes.Should().Equal("1");
    }

    [Fact]
    public async Task Start_SystemClock_NoticesByTheFileSystem()
    {
        string file = _folder.Write("a.json", "1");
        var seen = new TaskCompletionSource<string?>();
        using var monitor = new ConfigFileMonitor(file, interval: TimeSpan.FromHours(1), quiet: TimeSpan.FromMilliseconds(20));
        monitor.Changed += text => seen.TrySetResult(text);
        monitor.Start("1");

        await File.WriteAllTextAsync(file, "2");

        (await seen.Task.WaitAsync(TimeSpan.FromSeconds(30))).Should().Be("2");
    }

    [Fact]
    public void Dispose_ThenChange_IsSilent()
    {
        string file = _folder.Write("a.json", "1");
        ConfigFileMonitor monitor = Start(file, "1");
        monitor.Dispose();

        File.WriteAllText(file, "2");
        _time.Advance(s_interval * 2);

        _changes.Should().BeEmpty();
        FluentActions.Invoking(() => monitor.Start("1")).Should().Throw<ObjectDisposedException>();
    }

    private ConfigFileMonitor Start(string file, string? known)
    {
        var monitor = new ConfigFileMonitor(file, _time, s_interval);
        monitor.Changed += _changes.Add;
        monitor.Start(known);
        return monitor;
    }
}
