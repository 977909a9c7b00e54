namespace Bridge.Http.Metrics;

/// <summary>The kinds of metrics in Prometheus' text format.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
