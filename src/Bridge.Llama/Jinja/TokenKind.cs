namespace Bridge.Llama.Jinja;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the template.</summary>
    End,

    /// <summary>Text outside of everything else.</summary>
    Text,

    /// <summary><c>{{</c>.</summary>
    BeginOutput,

    /// <summary><c>}}</c>.</summary>
    EndOutput,

    /// <summary><c>{%</c>.</summary>
    BeginBlock,

    /// <summary><c>%}</c>.</summary>
    EndBlock,

    /// <summary>A name or a keyword.</summary>
    Name,

    /// <summary>A text in quotes.</summary>
    Literal,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent.</summary>
    Float,

    /// <summary>An operator or a bracket.</summary>
    Sign,
}
