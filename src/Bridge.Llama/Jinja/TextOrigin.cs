namespace Bridge.Llama.Jinja;

/// <summary>Who wrote a piece of a rendered text.</summary>
internal enum TextOrigin
{
    /// <summary>The template: control tokens in it are meant.</summary>
    Template,

    /// <summary>A message, a tool or another value from outside: what looks like a control token in it is text.</summary>
    Data,
}
