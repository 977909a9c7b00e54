using System.Diagnostics;
using System.Text;

namespace Bridge.Http.Metrics;

/// <summary>What every process tells, under the names every Prometheus dashboard knows.</summary>
internal static class ProcessMetrics
{
    private static readonly string s_version = typeof(ProcessMetrics).Assembly.GetName().Version?.ToString(3) ?? "";

    public static void AppendTo(StringBuilder text)
    {
        using var process = Process.GetCurrentProcess();
        double start = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
        Append(text, "process_cpu_seconds_total", "Processor time used, in seconds.", MetricKind.Counter, process.TotalProcessorTime.TotalSeconds);
        Append(text, "process_resident_memory_bytes", "Memory in use, in bytes.", MetricKind.Gauge, process.WorkingSet64);
        Append(text, "process_start_time_seconds", "Start of the process, in seconds since 1970.", MetricKind.Gauge, start);
        Append(text, "dotnet_gc_heap_bytes", "Managed heap after the last collection, in bytes.", MetricKind.Gauge, GC.GetGCMemoryInfo().HeapSizeBytes);
        Append(text, "dotnet_thread_pool_threads", "Threads of the pool.", MetricKind.Gauge, ThreadPool.ThreadCount);
        PrometheusText.AppendHeader(text, "bridge_build_info", "The version of Bridge.", MetricKind.Gauge);
        PrometheusText.AppendSample(text, "bridge_build_info", $"version=\"{s_version}\"", 1);
    }

    private static void Append(StringBuilder text, string name, string help, MetricKind kind, double value)
    {
        PrometheusText.AppendHeader(text, name, help, kind);
        PrometheusText.AppendSample(text, name, "", value);
    }
}
