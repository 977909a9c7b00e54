using System.Text.Json.Nodes;
using Bridge.Audit;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;

namespace Bridge.Host.Tests.Verbs;

public sealed class AuditVerbTests : IDisposable
{
    private static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();

    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Audit_CallsInSeveralSegments_AreListedByTimeOnceEach()
    {
        Write(1, Started("e1", 50), Ended("e1", 40), Started("e3", 20));
        Write(2, Ended("e2", 30) with { Tool = "files/write", Status = "failed", Reason = "timed_out", Caller = "qwen" }, Refused("e4", 10));

        (await _run.RunAsync("audit")).Should().Be(ExitCode.Ok);

        string[] lines = _run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(4);
        lines[0].Should().Contain("succeeded  a/b  local  direct  1.5 ms");
        lines[1].Should().Contain("failed  files/write  local  direct  by qwen  1.5 ms  timed_out");
        lines[2].Should().Contain("unfinished  a/b  local  direct");
        lines[3].Should().Contain("failed  a/b").And.EndWith("policy_denied");
        _run.Error.Should().BeEmpty();
    }

    [Theory]
    [InlineData("e2", "--tool", "files/*")]
    [InlineData("e3", "--client", "ci")]
    [InlineData("e2", "--outcome", "timed_out")]
    [InlineData("e2 e4", "--outcome", "failed")]
    [InlineData("e4", "--outcome", "refused")]
    [InlineData("e3", "--outcome", "unfinished")]
    [InlineData("e3 e4", "--since", "25m")]
    [InlineData("e1 e2", "--until", "25m")]
    [InlineData("e2", "--since", "35m", "--until", "25m", "--tool", "files/write")]
    [InlineData("e1 e2 e3 e4", "--since", "2001-02-03")]
    [InlineData("", "--until", "2001-02-03T04:05:06Z")]
    [InlineData("", "--tool", "files")]
    public async Task Audit_Filter_LeavesWhatFits(string expected, params string[] filter)
    {
        Write(1, Started("e1", 50), Ended("e1", 40), Started("e3", 20) with { Identity = "ci" });
        Write(2, Ended("e2", 30) with { Tool = "files/write", Status = "failed", Reason = "timed_out" }, Refused("e4", 10));

        (await _run.RunAsync(["audit", "--json", .. filter])).Should().Be(ExitCode.Ok);

        string.Join(' ', Executions()).Should().Be(expected);
    }

    [Fact]
    public async Task Audit_MoreThanTheLimit_ShowsTheNewestAndSaysSo()
    {
        Write(1, [.. Enumerable.Range(1, 120).Select(number => Ended($"e{number}", 200 - number))]);

        (await _run.RunAsync("audit", "--json", "--limit", "2")).Should().Be(ExitCode.Ok);
        Executions().Should().Equal("e119", "e120");
        _run.Error.Should().Contain("newest 2 of 120");

        await _run.RunAsync("audit", "--json");
        Executions().Should().HaveCount(100);
    }

    [Fact]
    public async Task Audit_ByTool_SumsUpWhatBecameOfItsCalls()
    {
        Write(1, [.. Enumerable.Range(1, 18).Select(number => Ended($"e{number}", 200 - number) with { DurationMs = 10 })]);
        Write(2, Ended("slow", 90) with { DurationMs = 400, Status = "tool_error" }, Ended("late", 80) with { Status = "failed", Reason = "timed_out", DurationMs = 800 });
        Write(3, Refused("e30", 70), Started("e31", 60), Ended("other", 50) with { Tool = "files/read", Identity = "ci", Caller = "qwen" });

        (await _run.RunAsync("audit", "--json", "--by", "tool")).Should().Be(ExitCode.Ok);

        JsonNode[] sums = [.. _run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        sums.Select(sum => sum["tool"]!.GetValue<string>()).Should().Equal("a/b", "files/read");
        string counts = string.Join(' ', new[] { "calls", "succeeded", "tool_errors", "failed", "refused", "unfinished" }.Select(name => sums[0][name]!.GetValue<long>()));
        counts.Should().Be("22 18 1 1 1 1");
        sums[0]["median_ms"]!.GetValue<double>().Should().BeInRange(9.7, 10.3);
        sums[0]["p95_ms"]!.GetValue<double>().Should().BeInRange(388, 412);
        sums[0]["last"]!.GetValue<DateTime>().Should().Be(s_now.AddMinutes(-60).UtcDateTime);

        await _run.RunAsync("audit", "--by", "caller");
        _run.Output.Should().Contain("caller  ").And.Contain("qwen").And.Contain("100.0 %").And.NotContain("a/b");

        await _run.RunAsync("audit", "--by", "client", "--tool", "a/*", "--limit", "1");
        _run.Output.Should().Contain("local").And.Contain("81.8 %").And.NotContain("ci");
    }

    [Fact]
    public async Task Audit_ByMoreThanTheLimit_ShowsThoseWithTheMostCallsAndSaysSo()
    {
        Write(1, Ended("e1", 40), Ended("e2", 30) with { Tool = "files/read" }, Ended("e3", 20) with { Tool = "files/read" });

        (await _run.RunAsync("audit", "--by", "tool", "--limit", "1")).Should().Be(ExitCode.Ok);

        _run.Output.Should().Contain("files/read").And.NotContain("a/b");
        _run.Error.Should().Contain("1 with the most calls of 2");
    }

    [Theory]
    [InlineData("'caller'", "--by", "colour")]
    [InlineData("write one of the two", "--by", "tool", "--follow")]
    public async Task Audit_ByWhatThereIsNot_ExitsWithUsageAndTheCure(string expected, params string[] options)
    {
        (await _run.RunAsync(["audit", .. options])).Should().Be(ExitCode.Usage);

        _run.Error.Should().Contain(expected);
        _run.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task Audit_DamagedLines_AreLeftOutAndSaid()
    {
        Write(1, Ended("e1", 40));
        Append(1, "{\"time\":\"2026-\n{}\nnull\n");
        Append(1, Ended("e2", 30).ToJson() + "\n" + Ended("e3", 20).ToJson()[..40]);

        (await _run.RunAsync("audit", "--json")).Should().Be(ExitCode.Ok);

        Executions().Should().Equal("e1", "e2");
        _run.Error.Should().Contain("4 lines could not be read").And.Contain($"'{SegmentName(1)}' line 2");
    }

    [Fact]
    [Trait("Attack", "M8")]
    public async Task Audit_HostileNames_DoNotReachTheTerminal()
    {
        Write(1, Ended("e1", 40) with { Tool = "a/\u001b[2Jb\u202e" });

        await _run.RunAsync("audit");

        _run.Output.Should().Contain("a/\uFFFD[2Jb\uFFFD").And.NotContain("\u001b");
    }

    [Fact]
    public async Task Audit_NothingRecorded_SaysNothing()
    {
        (await _run.RunAsync("audit")).Should().Be(ExitCode.Ok);

        (_run.Output + _run.Error).Should().BeEmpty();
    }

    [Theory]
    [InlineData("--since", "yesterdayish", "'yesterdayish' is not allowed for '--since'")]
    [InlineData("--until", "-", "'-' is not allowed for '--until'")]
    [InlineData("--outcome", "faild", "write one of 'succeeded'")]
    [InlineData("--limit", "0", "'0' is not allowed for '--limit'")]
    public async Task Audit_WrongFilter_ExitsWithUsageAndTheCure(string option, string value, string expected)
    {
        (await _run.RunAsync("audit", option, value)).Should().Be(ExitCode.Usage);

        _run.Error.Should().Contain(expected);
        _run.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task Audit_Follow_ShowsCallsAsTheyEndAndHalfLinesOnceTheyAreWhole()
    {
        Write(1, Ended("e1", 40), Started("e2", 30));
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var output = new StringWriter();
        TextWriter shared = TextWriter.Synchronized(output);
        Task<int> following = Host.Verbs.BridgeCommand.RunAsync(
            ["audit", "--json", "--follow"], _run.CreateEnvironment(shared, TextWriter.Synchronized(new StringWriter())), stop.Token);
        await UntilAsync(() => Executions(Text()).SequenceEqual(["e1", "e2"]), stop.Token);

        string line = Ended("e2", 0).ToJson() + "\n";
        Append(1, line[..20]);
        Write(2, Started("e3", 0), Ended("e3", 0));
        await UntilAsync(() => Executions(Text()).SequenceEqual(["e1", "e2", "e3"]), stop.Token);
        Append(1, line[20..]);
        await UntilAsync(() => Executions(Text()).SequenceEqual(["e1", "e2", "e3", "e2"]), stop.Token);

        await stop.CancelAsync();
        (await following).Should().Be(ExitCode.Interrupted);

        string Text()
        {
            lock (shared)
            {
                return output.ToString();
            }
        }
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (!condition())
        {
            await Task.Delay(50, cancellationToken);
        }
    }

    private static AuditRecord Started(string execution, int minutesAgo) => new()
    {
        Time = s_now.AddMinutes(-minutesAgo),
        Event = AuditEvents.Started,
        ExecutionId = execution,
        CallId = "c",
        Identity = "local",
        Origin = "direct",
        Tool = "a/b",
        ArgumentsSha256 = "00",
    };

    private static AuditRecord Ended(string execution, int minutesAgo) =>
        Started(execution, minutesAgo) with { Event = AuditEvents.Ended, Status = "succeeded", DurationMs = 1.5 };

    private static AuditRecord Refused(string execution, int minutesAgo) =>
        Started(execution, minutesAgo) with { Event = AuditEvents.Refused, Status = "failed", Reason = "policy_denied" };

    private static string SegmentName(int number) => $"audit-{s_now:yyyyMMdd}-{number}.jsonl";

    private static IEnumerable<string> Executions(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonNode.Parse(line)!["execution_id"]!.GetValue<string>());

    private IEnumerable<string> Executions() => Executions(_run.Output);

    private void Write(int segment, params AuditRecord[] records) => Append(segment, string.Concat(records.Select(record => record.ToJson() + "\n")));

    private void Append(int segment, string text)
    {
        if (!Directory.Exists(_run.Data))
        {
            Bridge.Storage.DataFolder.Open(_run.Data);
        }

        string folder = Directory.CreateDirectory(Path.Combine(_run.Data, "audit")).FullName;
        File.AppendAllText(Path.Combine(folder, SegmentName(segment)), text);
    }
}
