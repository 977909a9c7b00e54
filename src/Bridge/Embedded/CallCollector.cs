using Bridge.Extraction;
using Bridge.Reading;

namespace Bridge.Embedded;

/// <summary>Collects calls, those of listed values too, none twice.</summary>
/// <param name="reading">The text.</param>
internal sealed class CallCollector(RequestReading reading)
{
    private readonly List<FoundCall> _calls = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The calls, in the order in which they were added.</summary>
    public IReadOnlyList<FoundCall> Calls => _calls;

    /// <summary>How many calls come from values that are listed, beyond the first of each list.</summary>
    public int Listed { get; private set; }

    /// <summary>Adds the calls to a tool.</summary>
    /// <param name="filled">The tool.</param>
    /// <param name="share">How probable it is that it is meant.</param>
    public void Add(FilledTool filled, double share)
    {
        List<List<Option>> listed = ListedValues.Expand(reading, filled);
        Listed += listed.Count - 1;
        foreach (List<Option> options in listed)
        {
            string key = $"{filled.Card.Tool.Id} {string.Join('\n', options.Select(option => $"{option.Slot.DisplayName}={option.Key}"))}";
            if (_known.Add(key))
            {
                _calls.Add(new FoundCall(filled, options, share));
            }
        }
    }
}
