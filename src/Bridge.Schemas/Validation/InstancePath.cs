using System.Globalization;
using System.Text;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>Where in an instance the check is.</summary>
internal sealed class InstancePath
{
    private readonly List<(string? Name, int Index)> _segments = [];

    public int Count => _segments.Count;

    public void Push(string name) => _segments.Add((name, 0));

    public void Push(int index) => _segments.Add((null, index));

    public void Pop() => _segments.RemoveAt(_segments.Count - 1);

    /// <summary>As a JSON Pointer: <c>/tags/0</c>.</summary>
    public string ToPointer()
    {
        var text = new StringBuilder();
        foreach ((string? name, int index) in _segments)
        {
            text.Append('/').Append(name is null ? index.ToString(CultureInfo.InvariantCulture) : JsonPointer.Escape(name));
        }

        return text.ToString();
    }

    /// <summary>As people write it: <c>tags[0]</c>; empty for the root.</summary>
    public string ToName()
    {
        var text = new StringBuilder();
        foreach ((string? name, int index) in _segments)
        {
            if (name is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else
            {
                text.Append(text.Length > 0 ? "." : "").Append(JsonText.Cap(name));
            }
        }

        return text.ToString();
    }
}
