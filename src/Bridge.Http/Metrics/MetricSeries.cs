using System.Globalization;
using System.Text;

namespace Bridge.Http.Metrics;

/// <summary>The values of one metric under one set of labels. Thread-safe.</summary>
/// <param name="bounds">The upper bounds of a histogram's buckets, rising; empty for other kinds.</param>
internal sealed class MetricSeries(double[] bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _value;
    private long _count;

    public void Add(double value)
    {
        lock (_gate)
        {
            _value += value;
        }
    }

    public void Set(double value)
    {
        lock (_gate)
        {
            _value = value;
        }
    }

    public void Observe(double value)
    {
        int place = Array.BinarySearch(bounds, value);
        lock (_gate)
        {
            _buckets[place >= 0 ? place : ~place]++;
            _count++;
            _value += value;
        }
    }

    public void AppendValue(StringBuilder text, string name, string labels)
    {
        lock (_gate)
        {
            PrometheusText.AppendSample(text, name, labels, _value);
        }
    }

    public void AppendHistogram(StringBuilder text, string name, string labels)
    {
        string before = labels.Length > 0 ? labels + "," : "";
        lock (_gate)
        {
            long below = 0;
            for (int i = 0; i < _buckets.Length; i++)
            {
                below += _buckets[i];
                string bound = i < bounds.Length ? PrometheusText.Number(bounds[i]) : "+Inf";
                PrometheusText.AppendSample(text, name + "_bucket", string.Create(CultureInfo.InvariantCulture, $"{before}le=\"{bound}\""), below);
            }

            PrometheusText.AppendSample(text, name + "_sum", labels, _value);
            PrometheusText.AppendSample(text, name + "_count", labels, _count);
        }
    }
}
