using System.Diagnostics;
using System.Text;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Json;

namespace Bridge.Benchmarks;

/// <summary>One schema and one text, and what was measured of them on both sides.</summary>
/// <param name="group">Under which name it is shown.</param>
/// <param name="schema">The schema.</param>
/// <param name="text">The text.</param>
/// <param name="ajvVerdict">What Ajv says of it.</param>
internal sealed class AjvCase(string group, CompiledSchema schema, string text, bool ajvVerdict)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(text);
    private readonly JsonTape _read = JsonTape.ToKeep(Encoding.UTF8.GetBytes(text));

    public string Group => group;

    public string Text => text;

    public int Size => _utf8.Length;

    public bool IsValid { get; } = schema.IsValid(Encoding.UTF8.GetBytes(text));

    public bool Agrees => IsValid == ajvVerdict;

    public List<double> Bytes { get; } = [];

    public List<double> Verdict { get; } = [];

    public List<double> AjvBytes { get; } = [];

    public List<double> AjvVerdict { get; } = [];

    /// <summary>Bytes allocated per call, from bytes to verdict.</summary>
    public double Allocated { get; private set; }

    /// <summary>Measures our side.</summary>
    public (double Bytes, double Verdict) Time(int calls)
    {
        int valid = 0;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            valid += schema.IsValid(_utf8) ? 1 : 0;
        }

        double bytes = Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
        Allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / calls;
        start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            valid += schema.IsValid(_read.Root) ? 1 : 0;
        }

        double verdict = Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
        return valid == (IsValid ? 2 * calls : 0) ? (bytes, verdict) : throw new InvalidOperationException("The verdict changed.");
    }
}
