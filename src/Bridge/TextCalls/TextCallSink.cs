using System.Text;

namespace Bridge.TextCalls;

/// <summary>Collects calls of one format, keeping only those of tools that were offered.</summary>
internal sealed class TextCallSink(IReadOnlySet<string> names)
{
    /// <summary>More calls than this in one answer are a model that runs in circles.</summary>
    public const int MaxCalls = 64;

    private readonly List<TextCall> _calls = [];
    private int _rejected;

    public IReadOnlyList<TextCall> Calls => _calls;

    public string? Malformed { get; private set; }

    /// <summary>Whether to stop looking: near misses count as well, so that hostile text costs a bounded time.</summary>
    public bool IsFull => _calls.Count + _rejected >= MaxCalls;

    public bool IsOffered(string name) => names.Contains(name);

    public void Add(string name, string arguments, string source)
    {
        if (!names.Contains(name))
        {
            Reject($"it calls '{name}', which is not one of the tools");
        }
        else if (!IsFull)
        {
            _calls.Add(new TextCall(name, Encoding.UTF8.GetBytes(arguments), source));
        }
    }

    public void Reject(string why)
    {
        _rejected++;
        Malformed ??= why;
    }
}
