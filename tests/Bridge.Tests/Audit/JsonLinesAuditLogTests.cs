using System.Diagnostics;
using Bridge.Audit;
using Bridge.Configuration;
using Bridge.Storage;
using Bridge.TestKit;

namespace Bridge.Tests.Audit;

public sealed class JsonLinesAuditLogTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly BridgeOptions _options = new();

    private string AuditPath => Path.Combine(_temporary.Path, "audit");

    private IEnumerable<string> Segments => Directory.EnumerateFiles(AuditPath, "*.jsonl").Select(path => Path.GetFileName(path)!).Order();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WriteAsync_ARecord_IsOneLineThatCanBeReadAtOnce(bool fsync)
    {
        _options.Audit.Fsync = fsync;
        AuditRecord full = Record("c1") with { TraceId = "t", Caller = "embedded", Status = "failed", Reason = "timed_out", DurationMs = 1.5 };
        using JsonLinesAuditLog log = Log();

        await log.WriteAsync(Record("c0"), default);
        await log.WriteAsync(full, default);

        Segments.Should().Equal("audit-20260101-1.jsonl");
        string[] lines = File.ReadAllText(Path.Combine(AuditPath, "audit-20260101-1.jsonl")).Split('\n');
        lines.Should().HaveCount(3);
        lines[0].Should().Be(
            """{"time":"2026-01-01T00:00:00+00:00","event":"started","execution_id":"e1","call_id":"c0","identity":"local","origin":"direct","tool":"a/b","arguments_sha256":"00"}""");
        (await ReadAsync()).Should().Equal(Record("c0"), full);
    }

    [Fact]
    public async Task WriteAsync_SegmentIsFullOrOfYesterday_TheNextBegins()
    {
        using JsonLinesAuditLog log = Log(segmentSize: 1);

        await log.WriteAsync(Record("c0"), default);
        await log.WriteAsync(Record("c1"), default);
        _clock.Advance(TimeSpan.FromDays(1));
        await log.WriteAsync(Record("c2"), default);

        Segments.Should().Equal("audit-20260101-1.jsonl", "audit-20260101-2.jsonl", "audit-20260102-1.jsonl");
        (await ReadAsync()).Select(record => record.CallId).Should().Equal("c0", "c1", "c2");
    }

    [Fact]
    public async Task WriteAsync_OneProcessAfterTheOther_GoOnWithOneSegment()
    {
        for (int process = 0; process < 3; process++)
        {
            using JsonLinesAuditLog log = Log();
            await log.WriteAsync(Record($"c{process}"), default);
        }

        Segments.Should().ContainSingle();
        (await ReadAsync()).Select(record => record.CallId).Should().Equal("c0", "c1", "c2");
    }

    [Fact]
    public async Task WriteAsync_TheSeatNamesAFullOrMissingSegment_ANewOneBegins()
    {
        using (JsonLinesAuditLog log = Log(segmentSize: 1))
        {
            await log.WriteAsync(Record("c0"), default);
        }

        using (JsonLinesAuditLog log = Log(segmentSize: 1))
        {
            await log.WriteAsync(Record("c1"), default);
        }

        File.Delete(Path.Combine(AuditPath, "audit-20260101-2.jsonl"));
        using (JsonLinesAuditLog log = Log())
        {
            await log.WriteAsync(Record("c2"), default);
        }

        (await ReadAsync()).Select(record => record.CallId).Should().Equal("c0", "c2");
    }

    [Fact]
    public async Task WriteAsync_SeveralAtOnce_NeverInterleave()
    {
        JsonLinesAuditLog[] logs = [Log(4096), Log(4096), Log(4096)];

        await Task.WhenAll(logs.Select((log, process) => Task.Run(() => Parallel.ForAsync(0, 100, async (number, token) =>
            await log.WriteAsync(Record($"{process}-{number}"), token)))));

        (await ReadAsync()).Select(record => record.CallId).Should().BeEquivalentTo(
            from process in Enumerable.Range(0, 3) from number in Enumerable.Range(0, 100) select $"{process}-{number}");
        Array.ForEach(logs, log => log.Dispose());
        Segments.Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(3);
    }

    [Fact]
    public async Task WriteAsync_AfterAProcessDiedInAWrite_TheHalfLineIsEndedAndLeftOut()
    {
        using (JsonLinesAuditLog log = Log())
        {
            await log.WriteAsync(Record("c0"), default);
        }

        await File.AppendAllTextAsync(Path.Combine(AuditPath, "audit-20260101-1.jsonl"), """{"time":"2026-01-01T""");
        using (JsonLinesAuditLog log = Log())
        {
            await log.WriteAsync(Record("c1"), default);
        }

        await File.AppendAllTextAsync(Path.Combine(AuditPath, "audit-20260101-1.jsonl"), "{\"torn");
        var reader = new AuditReader(DataFolder.Open(_temporary.Path));
        (await reader.ReadAsync().Select(record => record.CallId).ToListAsync()).Should().Equal("c0", "c1");
        reader.UnreadableLines.Should().Be(2);
    }

    [Fact]
    public async Task ReadAsync_ForeignFiles_AreLeftAlone()
    {
        Directory.CreateDirectory(AuditPath);
        foreach (string name in new[] { "audit-x-1.jsonl", "audit-20260101.jsonl", "audit-20260101-x.jsonl", "other.jsonl" })
        {
            await File.WriteAllTextAsync(Path.Combine(AuditPath, name), "{}");
        }

        using JsonLinesAuditLog log = Log();
        await log.WriteAsync(Record("c0"), default);

        (await ReadAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task WriteAsync_FolderCannotBeWritten_ThrowsAndWorksAgainAfterwards()
    {
        using JsonLinesAuditLog log = Log();
        await File.WriteAllTextAsync(AuditPath, "in the way");

        await FluentActions.Awaiting(() => log.WriteAsync(Record("c0"), default).AsTask()).Should().ThrowAsync<IOException>();
        File.Delete(AuditPath);
        await log.WriteAsync(Record("c1"), default);

        (await ReadAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task WriteAsync_TheNextNumberIsTaken_TakesTheOneAfter()
    {
        Directory.CreateDirectory(Path.Combine(AuditPath, "audit-20260101-1.jsonl"));
        using JsonLinesAuditLog log = Log();

        await log.WriteAsync(Record("c0"), default);

        Segments.Should().Equal("audit-20260101-2.jsonl");
    }

    [Fact]
    public async Task WriteAsync_DiskIsFull_ThrowsAndOpensAnewForTheNext()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a device that is always full.");
        Directory.CreateDirectory(AuditPath);
        string segment = Path.Combine(AuditPath, "audit-20260101-1.jsonl");
        File.CreateSymbolicLink(segment, "/dev/full");
        await File.WriteAllTextAsync(Path.Combine(AuditPath, "writer-1.lock"), "audit-20260101-1.jsonl");
        using JsonLinesAuditLog log = Log();

        await FluentActions.Awaiting(() => log.WriteAsync(Record("c0"), default).AsTask()).Should().ThrowAsync<IOException>();
        File.Delete(segment);
        await log.WriteAsync(Record("c1"), default);

        (await ReadAsync()).Select(record => record.CallId).Should().Equal("c1");
    }

    [Fact]
    public async Task WriteAsync_TheFileIsClosedUnderIt_ThrowsAndOpensAnew()
    {
        using JsonLinesAuditLog log = Log();
        await log.WriteAsync(Record("c0"), default);
        log.Dispose();

        await FluentActions.Awaiting(() => log.WriteAsync(Record("c1"), default).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task WriteAsync_AlreadyCancelled_WritesNothing()
    {
        using JsonLinesAuditLog log = Log();

        await FluentActions.Awaiting(() => log.WriteAsync(Record("c0"), new CancellationToken(canceled: true)).AsTask())
            .Should().ThrowAsync<OperationCanceledException>();
        Directory.Exists(AuditPath).Should().BeFalse();
    }

    [Fact]
    public async Task WriteAsync_InMemory_KeepsTheLatest()
    {
        var log = new InMemoryAuditLog(capacity: 2);
        for (int number = 0; number < 3; number++)
        {
            await log.WriteAsync(Record($"c{number}"), default);
        }

        log.Records.Select(record => record.CallId).Should().Equal("c1", "c2");
    }

    [Fact]
    public async Task WriteAsync_ProcessIsKilled_WhatWasAcknowledgedIsThere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kill -9 is a Unix signal.");
        using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(AuditChild).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [AuditChild.Variable] = _temporary.Path },
        })!;
        int acknowledged = 0;
        while (acknowledged < 20 && await child.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged += line == AuditChild.Acknowledgement ? 1 : 0;
        }

        child.Kill();
        await child.WaitForExitAsync();

        acknowledged.Should().Be(20);
        (await ReadAsync()).Should().HaveCountGreaterThanOrEqualTo(20);
        using JsonLinesAuditLog next = Log();
        await next.WriteAsync(Record("after"), default);
        (await ReadAsync()).Should().Contain(record => record.CallId == "after");
    }

    private static AuditRecord Record(string callId) => new()
    {
        Time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Event = AuditEvents.Started,
        ExecutionId = "e1",
        CallId = callId,
        Identity = "local",
        Origin = "direct",
        Tool = "a/b",
        ArgumentsSha256 = "00",
    };

    private JsonLinesAuditLog Log(long segmentSize = SegmentWriter.DefaultSize) => new(
        DataFolder.Open(_temporary.Path), new ChangingOptions<BridgeOptions>(_options), _clock, new RecordingLogger<JsonLinesAuditLog>(), segmentSize);

    private async Task<List<AuditRecord>> ReadAsync() => await new AuditReader(DataFolder.Open(_temporary.Path)).ReadAsync().ToListAsync();
}
