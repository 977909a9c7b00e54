using System.Diagnostics;
using System.Diagnostics.Metrics;
using Bridge.Outcomes;
using Bridge.Telemetry;
using Bridge.Tests.Execution;
using Bridge.Tools;

namespace Bridge.Tests.Telemetry;

public sealed class CallMetricsTests
{
    [Fact]
    public async Task ExecuteAsync_ACall_IsCountedTimedAndTraced()
    {
        var fixture = new DoorFixture();
        fixture.Source.Add("telemetry-ok");
        fixture.Source.Add("telemetry-bad", (_, _, _) => throw new ToolSourceException("Gone.", sent: false));
        using var own = new Activity("test").Start();
        List<Activity> activities = [];
        List<string> measured = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == BridgeTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == own.TraceId)
                {
                    activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, meter) =>
        {
            if (instrument.Meter.Name == BridgeTelemetry.Name && instrument.Name.StartsWith("bridge.call", StringComparison.Ordinal))
            {
                meter.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Measure(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measure(instrument, tags));
        meters.Start();

        await fixture.CallAsync("telemetry-ok");
        await fixture.CallAsync("telemetry-bad");

        measured.Should().Equal(
            "bridge.calls source=fake status=succeeded reason=none",
            "bridge.call.duration source=fake status=succeeded",
            "bridge.calls source=fake status=failed reason=source_unavailable",
            "bridge.call.duration source=fake status=failed");
        activities.Select(activity => activity.GetTagItem("bridge.tool")).Should().Equal("fake/telemetry-ok", "fake/telemetry-bad");
        activities[0].GetTagItem("bridge.status").Should().Be("succeeded");
        activities[0].GetTagItem("bridge.reason").Should().BeNull();
        activities[1].GetTagItem("bridge.reason").Should().Be("source_unavailable");
        activities[1].Status.Should().Be(ActivityStatusCode.Error);
        fixture.Records.Should().OnlyContain(record => record.TraceId == own.TraceId.ToHexString());

        void Measure(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (Activity.Current?.TraceId == own.TraceId)
            {
                measured.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}");
            }
        }
    }

    [Fact]
    public void Of_EveryStatusAndKind_HasAName()
    {
        Enum.GetValues<CallStatus>().Select(OutcomeNames.Of).Should().OnlyHaveUniqueItems();
        Enum.GetValues<ReasonKind>().Select(OutcomeNames.Of).Should().OnlyHaveUniqueItems().And.Contain("timed_out");
    }
}
