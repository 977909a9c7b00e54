using System.Text.Json;

namespace Bridge.Schemas.Json;

/// <summary>One value or member name of a text that was read.</summary>
internal struct JsonToken
{
    /// <summary>Where its text begins: of strings without quotes and escapes, of all others as written.</summary>
    public int Start;

    /// <summary>The length of its text in bytes.</summary>
    public int Length;

    /// <summary>The token after it and all that is in it; while a container is open, the container around it.</summary>
    public int Next;

    /// <summary>How many members or items it has.</summary>
    public int Count;

    /// <summary>Its type; a member name is a string.</summary>
    public JsonValueKind Kind;

    /// <summary>Whether it is a number without fraction and exponent.</summary>
    public bool IsPlainInteger;
}
