using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Decoding;

/// <summary>How values are written while decoding, and what bounds those that a schema leaves unbounded.</summary>
public sealed record DecodingOptions
{
    /// <summary>How JSON is set. The default is <see cref="JsonStyle.Compact"/>.</summary>
    public JsonStyle Style { get; init; } = JsonStyle.Compact;

    /// <summary>The most characters of a string whose schema sets no <c>maxLength</c>, unless its <c>minLength</c> is greater. The default is 8192.</summary>
    public int MaxTextLength { get; init; } = 8192;

    /// <summary>The same for a string with a <c>pattern</c> or a <c>format</c>. The default is 256.</summary>
    public int MaxPatternedTextLength { get; init; } = 256;

    /// <summary>The most levels of objects and arrays. The default is 16; JSON for calls is read to 64.</summary>
    public int MaxDepth { get; init; } = 16;

    /// <summary>The most members of an object whose names are not in its schema. The default is 64; a name has 1 to 64 characters.</summary>
    public int MaxOtherMembers { get; init; } = 64;
}
