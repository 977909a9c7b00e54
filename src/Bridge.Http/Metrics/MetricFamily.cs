using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Bridge.Http.Metrics;

/// <summary>One metric with all its series; what goes over the bound on series is counted together, under one label.</summary>
internal sealed class MetricFamily
{
    /// <summary>The most series of one metric.</summary>
    public const int MaxSeries = 1000;

    private const string Overflow = "overflow=\"true\"";

    private static readonly double[] s_seconds =
        [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

    private static readonly double[] s_bytes = [256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];
    private static readonly double[] s_counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<TagSet, MetricSeries> _known = new();
    private readonly double[] _bounds;
    private readonly bool _absolute;

    public MetricFamily(Instrument instrument)
    {
        Kind = KindOf(instrument);
        Name = PrometheusText.Name(instrument.Name, instrument.Unit, Kind);
        Help = instrument.Description ?? instrument.Name;
        _absolute = instrument.IsObservable || IsA(instrument, typeof(Gauge<>));
        _bounds = Kind == MetricKind.Histogram ? BoundsOf(instrument) : [];
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        MetricSeries series = Find(tags);
        if (Kind == MetricKind.Histogram)
        {
            series.Observe(value);
        }
        else if (_absolute)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    public void AppendTo(StringBuilder text)
    {
        if (_series.IsEmpty)
        {
            return;
        }

        PrometheusText.AppendHeader(text, Name, Help, Kind);
        foreach ((string labels, MetricSeries series) in _series.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (Kind == MetricKind.Histogram)
            {
                series.AppendHistogram(text, Name, labels);
            }
            else
            {
                series.AppendValue(text, Name, labels);
            }
        }
    }

    private static MetricKind KindOf(Instrument instrument) =>
        IsA(instrument, typeof(Histogram<>)) ? MetricKind.Histogram
        : IsA(instrument, typeof(Counter<>)) || IsA(instrument, typeof(ObservableCounter<>)) ? MetricKind.Counter
        : MetricKind.Gauge;

    private static bool IsA(Instrument instrument, Type kind) =>
        instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == kind;

    private static double[] BoundsOf(Instrument instrument) =>
        Advised(instrument) ?? instrument.Unit switch
        {
            "s" => s_seconds,
            "ms" => [.. s_seconds.Select(bound => bound * 1000)],
            "By" => s_bytes,
            _ => s_counts,
        };

    private static double[]? Advised(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => null,
    };

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length > TagSet.Most)
        {
            return Find(PrometheusText.Labels(tags));
        }

        var key = new TagSet(tags);
        if (!_known.TryGetValue(key, out MetricSeries? series))
        {
            series = Find(PrometheusText.Labels(tags));
            if (_known.Count < MaxSeries)
            {
                _known[key] = series;
            }
        }

        return series;
    }

    // Two series over the bound, when two threads make the last ones at once, harm nobody.
    private MetricSeries Find(string labels) =>
        _series.TryGetValue(labels, out MetricSeries? series) ? series
        : _series.GetOrAdd(_series.Count < MaxSeries ? labels : Overflow, _ => new MetricSeries(_bounds));
}
