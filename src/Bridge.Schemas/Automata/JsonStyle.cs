namespace Bridge.Schemas.Automata;

/// <summary>How JSON is set: what stands between a member's name and its value, and between members or items.</summary>
public sealed class JsonStyle
{
    private JsonStyle(string colon, string comma)
    {
        Colon = System.Text.Encoding.ASCII.GetBytes(colon);
        Comma = System.Text.Encoding.ASCII.GetBytes(comma);
    }

    /// <summary>No space: <c>{"a":1,"b":2}</c>.</summary>
    public static JsonStyle Compact { get; } = new(":", ",");

    /// <summary>One space after colon and comma, as Python writes and many models were trained to: <c>{"a": 1, "b": 2}</c>.</summary>
    public static JsonStyle Spaced { get; } = new(": ", ", ");

    /// <summary>Between name and value.</summary>
    internal byte[] Colon { get; }

    /// <summary>Between members and items.</summary>
    internal byte[] Comma { get; }
}
