using System.Text.Json;

namespace Bridge.Prompts;

/// <summary>A JSON value and where it stands, so that every complaint about it names the place.</summary>
internal readonly record struct WireValue(JsonElement Element, string Path)
{
    /// <summary>Whether it is absent or <c>null</c>.</summary>
    public bool IsNothing => Element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    public bool IsString => Element.ValueKind == JsonValueKind.String;

    /// <summary>A member; <see cref="IsNothing"/> when it is absent.</summary>
    public WireValue this[string member] =>
        new(Element.TryGetProperty(member, out JsonElement value) ? value : default, $"{Path}.{member}");

    public WireValue AsObject() =>
        Element.ValueKind == JsonValueKind.Object ? this : throw Fault($"must be an object, and is {Kind}.");

    public IEnumerable<WireValue> Items(string of)
    {
        if (Element.ValueKind != JsonValueKind.Array)
        {
            throw Fault($"must be an array of {of}, and is {Kind}.");
        }

        string path = Path;
        return Element.EnumerateArray().Select((item, index) => new WireValue(item, $"{path}[{index}]"));
    }

    public string AsString(string what = "a string")
    {
        if (!IsString)
        {
            throw Fault($"must be {what}, and is {Kind}.");
        }

        try
        {
            return Element.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new PromptFormatException(Path, "is not valid Unicode: it holds half of a surrogate pair or invalid UTF-8.", error);
        }
    }

    public string? AsOptionalString() => IsNothing ? null : AsString();

    public PromptFormatException Fault(string problem, Exception? inner = null) => new(Path, problem, inner);

    /// <summary>What it is, for people.</summary>
    public string Kind => Element.ValueKind switch
    {
        JsonValueKind.Undefined => "missing",
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "a boolean",
    };
}
