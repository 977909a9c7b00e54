using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Bridge.TestKit;

/// <summary>Ajv, the validator of the Node world, in a process of its own: <c>tests/npm/ajv-bench.mjs</c>.</summary>
public sealed class AjvProcess : IDisposable
{
    private readonly Process _node;
    private readonly string _input;

    private AjvProcess(Process node, string input)
    {
        _node = node;
        _input = input;
        Entries = [.. ReadLine().EnumerateArray().Select(AjvEntry.Read)];
    }

    /// <summary>What became of the schemas, in their order.</summary>
    public ImmutableArray<AjvEntry> Entries { get; }

    /// <summary>Starts Ajv with schemas and texts to hold against them.</summary>
    /// <param name="script">The script.</param>
    /// <param name="cases">The schemas, each with its texts.</param>
    /// <returns>The process, the verdicts read.</returns>
    public static AjvProcess Start(string script, IEnumerable<(JsonElement Schema, IReadOnlyList<string> Texts)> cases)
    {
        string input = Path.GetTempFileName();
        File.WriteAllText(input, JsonSerializer.Serialize(cases.Select(entry => new { schema = entry.Schema, texts = entry.Texts })));
        return new AjvProcess(
            Process.Start(new ProcessStartInfo("node", [script, input]) { RedirectStandardInput = true, RedirectStandardOutput = true })!, input);
    }

    /// <summary>Measures every text of the schemas that were not refused.</summary>
    /// <param name="calls">How often each is checked.</param>
    /// <returns>Nanoseconds per call: from the bytes to the verdict, and the verdict alone.</returns>
    public (double Bytes, double Verdict)[] Time(int calls)
    {
        _node.StandardInput.WriteLine(calls.ToString(CultureInfo.InvariantCulture));
        return [.. ReadLine().EnumerateArray().Select(pair => (pair[0].GetDouble(), pair[1].GetDouble()))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
        File.Delete(_input);
    }

    private JsonElement ReadLine() => JsonElement.Parse(
        _node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("Node ended early; what it wrote to its error output says why."));
}

/// <summary>What became of one schema.</summary>
/// <param name="Nanoseconds">How long compiling took.</param>
/// <param name="Verdicts">Whether each text is valid; empty when the schema was refused.</param>
/// <param name="Refused">Why the schema was refused; <see langword="null"/> when it was not.</param>
public sealed record AjvEntry(double Nanoseconds, ImmutableArray<bool> Verdicts, string? Refused)
{
    internal static AjvEntry Read(JsonElement entry) => entry.TryGetProperty("refused", out JsonElement reason)
        ? new AjvEntry(0, [], reason.GetString())
        : new AjvEntry(
            entry.GetProperty("nanoseconds").GetDouble(),
            [.. entry.GetProperty("verdicts").EnumerateArray().Select(verdict => verdict.GetBoolean())],
            null);
}
