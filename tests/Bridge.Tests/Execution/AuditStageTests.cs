using System.Security.Cryptography;
using System.Text;
using Bridge.Audit;
using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Tests.Execution;

public sealed class AuditStageTests
{
    [Fact]
    [Trait("Attack", "R7")]
    public async Task ExecuteAsync_ACall_IsRecordedBeforeAndAfterItRuns()
    {
        var fixture = new DoorFixture();
        int recordsAtTheSource = -1;
        fixture.Source.Add("add", (_, _, _) =>
        {
            recordsAtTheSource = fixture.Records.Count();
            fixture.Clock.Advance(TimeSpan.FromMilliseconds(12));
            return Task.FromResult(ToolResult.FromText("5"));
        });

        await fixture.Door.ExecuteAsync(
            fixture.Request("add", """{"a":1}""") with { Caller = "embedded", Origin = CallOrigin.Nested },
            new CallContext { Identity = new ClientIdentity("ann") },
            default);

        recordsAtTheSource.Should().Be(1);
        AuditRecord[] records = [.. fixture.Records];
        records.Select(record => record.Event).Should().Equal("started", "ended");
        records[0].Should().BeEquivalentTo(new
        {
            CallId = "c1",
            Identity = "ann",
            Origin = "nested",
            Tool = "fake/add",
            Caller = "embedded",
            ArgumentsSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("""{"a":1}"""))),
            Status = (string?)null,
            DurationMs = (double?)null,
        });
        records[1].Should().BeEquivalentTo(new { Status = "succeeded", Reason = (string?)null, DurationMs = 12.0 });
        records[1].ExecutionId.Should().Be(records[0].ExecutionId);
    }

    [Theory]
    [InlineData(CallOrigin.Prompt, "prompt")]
    [InlineData(CallOrigin.Direct, "direct")]
    [InlineData(CallOrigin.Gateway, "gateway")]
    public async Task ExecuteAsync_ARefusedCall_IsRecordedOnce(CallOrigin origin, string name)
    {
        var fixture = new DoorFixture();
        fixture.Source.Add("add");
        fixture.Options.Tools["fake/*"] = new ToolOptions { Deny = true };

        await fixture.Door.ExecuteAsync(fixture.Request("add") with { Origin = origin }, CallContext.Local, default);

        fixture.Records.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Event = "refused", Status = "failed", Reason = "policy_denied", Origin = name });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ExecuteAsync_StartCannotBeRecorded_NothingRuns(bool atOnce)
    {
        var fixture = new DoorFixture { Audit = new BrokenAuditLog(atOnce, _ => true) };
        fixture.Source.Add("add");

        CallOutcome outcome = await fixture.CallAsync("add");

        outcome.Status.Should().Be(CallStatus.Failed);
        outcome.Reason.Kind.Should().Be(ReasonKind.InternalError);
        outcome.Reason.Message.Should().Contain("what is not recorded does not run");
        fixture.Source.Calls.Should().BeEmpty();
        fixture.Log.Entries.Should().Contain(entry => entry.Event.Name == "StartNotRecorded");
    }

    [Fact]
    public async Task ExecuteAsync_StartIsRecordedLater_RunsThen()
    {
        var fixture = new DoorFixture { Audit = new BrokenAuditLog(atOnce: false, _ => false) };
        fixture.Source.Add("add");

        (await fixture.CallAsync("add")).Status.Should().Be(CallStatus.Succeeded);
    }

    [Fact]
    public async Task ExecuteAsync_EndCannotBeRecorded_TheResultIsNotLost()
    {
        var fixture = new DoorFixture { Audit = new BrokenAuditLog(atOnce: true, record => record.Event == AuditEvents.Ended) };
        fixture.Source.Add("add", "5");

        CallOutcome outcome = await fixture.CallAsync("add");

        outcome.Result!.ToText().Should().Be("5");
        fixture.Log.Entries.Should().Contain(entry => entry.Event.Name == "EndNotRecorded");
    }

    private sealed class BrokenAuditLog(bool atOnce, Func<AuditRecord, bool> breaks) : IAuditLog
    {
        public ValueTask WriteAsync(AuditRecord entry, CancellationToken cancellationToken)
        {
            if (atOnce && breaks(entry))
            {
                throw new IOException("No space left.");
            }

            return atOnce ? ValueTask.CompletedTask : LaterAsync(entry);
        }

        private async ValueTask LaterAsync(AuditRecord entry)
        {
            await Task.Yield();
            if (breaks(entry))
            {
                throw new UnauthorizedAccessException("No rights.");
            }
        }
    }
}
