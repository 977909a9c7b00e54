using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Numerics;
using System.Text;
using Bridge.Telemetry;

namespace Bridge.Http.Metrics;

/// <summary>Gathers what the meter of Bridge measures, from its making on, and writes it in Prometheus' text format. Thread-safe.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public MetricsCollector()
    {
        _listener.InstrumentPublished = OnPublished;
        Listen<byte>();
        Listen<short>();
        Listen<int>();
        Listen<long>();
        Listen<float>();
        Listen<double>();
        Listen<decimal>();
        _listener.Start();
    }

    public string Collect()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (MetricFamily family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
        {
            family.AppendTo(text);
        }

        ProcessMetrics.AppendTo(text);
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void OnPublished(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name != BridgeTelemetry.Name)
        {
            return;
        }

        // One name is one metric: an instrument made twice is one, and a second of another kind is none.
        var made = new MetricFamily(instrument);
        MetricFamily family = _families.GetOrAdd(made.Name, made);
        if (family.Kind == made.Kind)
        {
            listener.EnableMeasurementEvents(instrument, family);
        }
    }

    private void Listen<T>()
        where T : struct, INumber<T> =>
        _listener.SetMeasurementEventCallback<T>(static (_, value, tags, state) => ((MetricFamily)state!).Record(double.CreateChecked(value), tags));
}
