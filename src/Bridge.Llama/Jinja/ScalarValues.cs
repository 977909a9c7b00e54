namespace Bridge.Llama.Jinja;

/// <summary>A variable or a member that is not there.</summary>
internal sealed class UndefinedValue : TemplateValue
{
    private UndefinedValue(string? name) => Name = name;

    public static UndefinedValue Nameless { get; } = new(null);

    /// <summary>What was looked for; <see langword="null"/> where it has no name.</summary>
    public string? Name { get; }

    public override string Kind => Name is null ? "undefined" : $"undefined ('{Name}')";

    public override bool IsTrue => false;

    public static UndefinedValue Named(string name) => new(name);

    public override TemplateValue Member(string name) => throw Missing($"member '{name}'");

    public override TemplateValue Item(TemplateValue key) => throw Missing("member");

    public override IReadOnlyList<TemplateValue> Items(RenderContext context) => [];

    private TemplateException Missing(string wanted) => new($"There is no {wanted} of '{Name ?? "an undefined value"}', which is undefined.");
}

/// <summary>The value <c>none</c>.</summary>
internal sealed class NullValue : TemplateValue
{
    public static NullValue Instance { get; } = new();

    public override string Kind => "none";

    public override bool IsTrue => false;
}

/// <summary>True or false.</summary>
internal sealed class BooleanValue : TemplateValue
{
    private BooleanValue(bool value) => Value = value;

    public static BooleanValue True { get; } = new(true);

    public static BooleanValue False { get; } = new(false);

    public bool Value { get; }

    public override string Kind => "a boolean";

    public override bool IsTrue => Value;

    public static BooleanValue Of(bool value) => value ? True : False;
}

/// <summary>A whole number.</summary>
internal sealed class IntegerValue(long value) : TemplateValue
{
    private static readonly IntegerValue[] s_small = [.. Enumerable.Range(0, 64).Select(number => new IntegerValue(number))];

    public long Value => value;

    public override string Kind => "an integer";

    public override bool IsTrue => value != 0;

    public static IntegerValue Of(long number) => number is >= 0 and < 64 ? s_small[number] : new IntegerValue(number);
}

/// <summary>A number with a fraction, or one too great for an integer.</summary>
internal sealed class FloatValue(double value, string? digits = null) : TemplateValue
{
    public double Value => value;

    /// <summary>How the number was written, where that is more exact than its value.</summary>
    public string? Digits => digits;

    public override string Kind => "a float";

    public override bool IsTrue => value != 0;
}
