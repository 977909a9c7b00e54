namespace Bridge.Llama.Tokens;

/// <summary>What a token may be used for.</summary>
[Flags]
internal enum TokenKinds : byte
{
    /// <summary>Text.</summary>
    None = 0,

    /// <summary>It has a meaning of its own, and is never part of a value.</summary>
    Control = 1,

    /// <summary>It ends what the model says.</summary>
    End = 2,

    /// <summary>It is one token wherever its text stands, such as a tag that a model was trained on; never part of a value.</summary>
    Named = 4,
}
