namespace Bridge.Llama.Jinja;

/// <summary>A value that a template works with. None of them reaches anything outside the rendering.</summary>
internal abstract class TemplateValue
{
    /// <summary>What the value is, for messages: "a text", "a list".</summary>
    public abstract string Kind { get; }

    /// <summary>Whether the value counts as true.</summary>
    public virtual bool IsTrue => true;

    /// <summary>A member by its name, as <c>value.name</c> reads it; undefined where there is none.</summary>
    public virtual TemplateValue Member(string name) => UndefinedValue.Named(name);

    /// <summary>A member by a value, as <c>value[key]</c> reads it; undefined where there is none.</summary>
    public virtual TemplateValue Item(TemplateValue key) => key is TextValue text ? Member(text.Value) : UndefinedValue.Nameless;

    /// <summary>The method of a name; <see langword="null"/> where there is none.</summary>
    public virtual NativeMethod? Method(string name) => null;

    /// <summary>The items that a loop goes through; <see langword="null"/> where the value has none.</summary>
    public virtual IReadOnlyList<TemplateValue>? Items(RenderContext context) => null;
}
