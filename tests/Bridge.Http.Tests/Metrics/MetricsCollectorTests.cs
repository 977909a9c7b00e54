using System.Diagnostics.Metrics;
using Bridge.Http.Metrics;

namespace Bridge.Http.Tests.Metrics;

public sealed class MetricsCollectorTests : IDisposable
{
    private readonly MetricsCollector _collector = new();
    private readonly Meter _meter = new("Bridge");

    public void Dispose()
    {
        _meter.Dispose();
        _collector.Dispose();
    }

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    [Fact]
    public void Collect_Counter_AddsUpByLabelsWhateverTheirOrder()
    {
        Counter<long> counter = _meter.CreateCounter<long>("test.calls", "{call}", "Calls\nof \\ tests.");
        counter.Add(1, Tag("a.b", "x"), Tag("b", true));
        counter.Add(2, Tag("b", true), Tag("a.b", "x"));
        counter.Add(5);

        _collector.Collect().Should().Contain("""
            # HELP test_calls_total Calls\nof \\ tests.
            # TYPE test_calls_total counter
            test_calls_total 5
            test_calls_total{a_b="x",b="True"} 3

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Collect_SameTagsAgain_GoToTheirSeries()
    {
        Counter<int> counter = _meter.CreateCounter<int>("test.again");
        for (int i = 0; i < 3; i++)
        {
            counter.Add(1, Tag("status", 200), Tag("route", "/mcp"));
            counter.Add(1, Tag("status", 404), Tag("route", "/mcp"));
            counter.Add(1, Tag("route", 200), Tag("status", "/mcp"));
            counter.Add(1, Tag("a", 1), Tag("b", 2), Tag("c", 3), Tag("d", i));
        }

        _collector.Collect().Should().Contain("""
            test_again_total{a="1",b="2",c="3",d="0"} 1
            test_again_total{a="1",b="2",c="3",d="1"} 1
            test_again_total{a="1",b="2",c="3",d="2"} 1
            test_again_total{route="/mcp",status="200"} 3
            test_again_total{route="/mcp",status="404"} 3
            test_again_total{route="200",status="/mcp"} 3

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Collect_LabelValues_AreEscaped()
    {
        _meter.CreateCounter<int>("test.escaped").Add(1, Tag("text", "a\"b\\c\nd"), Tag("none", null));

        _collector.Collect().Should().Contain("test_escaped_total{none=\"\",text=\"a\\\"b\\\\c\\nd\"} 1\n");
    }

    [Fact]
    public void Collect_UpDownAndGauge_ShowTheLastValue()
    {
        UpDownCounter<int> running = _meter.CreateUpDownCounter<int>("test.running");
        running.Add(3);
        running.Add(-1);
        Gauge<double> level = _meter.CreateGauge<double>("9level", "ms");
        level.Record(1);
        level.Record(0.25);
        _meter.CreateObservableGauge("test.observed", () => 7L, "By");
        _meter.CreateObservableCounter("test.seen", () => 9.0, "s");

        string first = _collector.Collect(), text = _collector.Collect();

        text.Should().Contain("# TYPE test_running gauge\ntest_running 2\n")
            .And.Contain("_9level_milliseconds 0.25\n")
            .And.Contain("test_observed_bytes 7\n")
            .And.Contain("# TYPE test_seen_seconds_total counter\ntest_seen_seconds_total 9\n", "observing twice does not count twice");
        first.Should().Contain("test_seen_seconds_total 9\n");
    }

    [Fact]
    public void Collect_Histogram_CountsIntoRisingBuckets()
    {
        Histogram<double> duration = _meter.CreateHistogram<double>("test.duration", "s");
        duration.Record(0.001, Tag("r", "x"));
        duration.Record(0.002, Tag("r", "x"));
        duration.Record(1000, Tag("r", "x"));

        _collector.Collect().Should()
            .Contain("# TYPE test_duration_seconds histogram\n")
            .And.Contain("test_duration_seconds_bucket{r=\"x\",le=\"0.0005\"} 0\n")
            .And.Contain("test_duration_seconds_bucket{r=\"x\",le=\"0.001\"} 1\n")
            .And.Contain("test_duration_seconds_bucket{r=\"x\",le=\"0.0025\"} 2\n")
            .And.Contain("test_duration_seconds_bucket{r=\"x\",le=\"300\"} 2\n")
            .And.Contain("test_duration_seconds_bucket{r=\"x\",le=\"+Inf\"} 3\n")
            .And.Contain("test_duration_seconds_sum{r=\"x\"} 1000.003\n")
            .And.Contain("test_duration_seconds_count{r=\"x\"} 3\n");
    }

    [Fact]
    public void Collect_HistogramBounds_FollowAdviceAndUnit()
    {
        _meter.CreateHistogram("test.advised", null, null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1.5, 3] }).Record(2);
        _meter.CreateHistogram("test.advised.long", null, null, null, new InstrumentAdvice<long> { HistogramBucketBoundaries = [4] }).Record(2);
        _meter.CreateHistogram("test.advised.int", null, null, null, new InstrumentAdvice<int> { HistogramBucketBoundaries = [6] }).Record(2);
        _meter.CreateHistogram<long>("test.size", "By").Record(300);
        _meter.CreateHistogram<float>("test.slow", "ms").Record(3);
        _meter.CreateHistogram<int>("test.count").Record(3);

        _collector.Collect().Should()
            .Contain("test_advised_bucket{le=\"1.5\"} 0\ntest_advised_bucket{le=\"3\"} 1\ntest_advised_bucket{le=\"+Inf\"} 1\n")
            .And.Contain("test_advised_long_bucket{le=\"4\"} 1\n")
            .And.Contain("test_advised_int_bucket{le=\"6\"} 1\n")
            .And.Contain("test_size_bytes_bucket{le=\"1024\"} 1\n")
            .And.Contain("test_slow_milliseconds_bucket{le=\"5\"} 1\n")
            .And.Contain("test_count_bucket{le=\"5\"} 1\ntest_count_bucket{le=\"10\"} 1\n");
    }

    [Fact]
    public void Collect_EndlessLabels_AreBounded()
    {
        Counter<int> counter = _meter.CreateCounter<int>("test.many");
        for (int i = 0; i < MetricFamily.MaxSeries + 500; i++)
        {
            counter.Add(1, Tag("id", i));
        }

        string[] lines = [.. _collector.Collect().Split('\n').Where(line => line.StartsWith("test_many_total", StringComparison.Ordinal))];

        lines.Should().HaveCount(MetricFamily.MaxSeries + 1).And.Contain("test_many_total{overflow=\"true\"} 500");
    }

    [Fact]
    public void Collect_OneNameTwice_IsOneMetric()
    {
        _meter.CreateCounter<int>("test.same").Add(1);
        using var other = new Meter("Bridge");
        other.CreateCounter<int>("test.same").Add(1);
        other.CreateGauge<int>("test.same_total").Record(100);
        using var foreign = new Meter("Foreign");
        foreign.CreateCounter<int>("test.foreign").Add(1);

        string text = _collector.Collect();

        text.Split('\n').Where(line => line.StartsWith("# TYPE test_same_total", StringComparison.Ordinal)).Should().ContainSingle();
        text.Should().Contain("test_same_total 2\n").And.NotContain("foreign");
    }

    [Theory]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(1e21, "1E+21")]
    [InlineData(0.1, "0.1")]
    public void Number_Any_IsSpelledAsPrometheusDoes(double value, string text) => PrometheusText.Number(value).Should().Be(text);
}
