namespace Bridge.Llama.Jinja;

/// <summary>A part of a template that writes or does something. Immutable.</summary>
internal abstract class Statement
{
    /// <summary>Does it.</summary>
    /// <param name="scope">The variables.</param>
    /// <param name="output">Where text goes.</param>
    public abstract Flow Execute(Scope scope, TextBuilder output);
}
