using System.Globalization;

namespace Bridge.Llama.Jinja;

/// <summary>The filters of any value, and of numbers.</summary>
internal static class ValueFilters
{
    public static IReadOnlyDictionary<string, NativeMethod> All { get; } = new Dictionary<string, NativeMethod>
    {
        ["tojson"] = (value, arguments, context) => JsonText.Of(value, context, JsonSettings.From(arguments)),
        ["default"] = Default,
        ["d"] = Default,
        ["int"] = Int,
        ["float"] = Float,
        ["bool"] = (value, _, _) => BooleanValue.Of(value.IsTrue),
        ["abs"] = (value, _, _) => value switch
        {
            IntegerValue { Value: > long.MinValue } integer => IntegerValue.Of(Math.Abs(integer.Value)),
            FloatValue real => new FloatValue(Math.Abs(real.Value)),
            _ => throw new TemplateException($"There is no absolute value of {value.Kind}."),
        },
        ["round"] = Round,
        ["attr"] = (value, arguments, _) => value.Member(arguments.Text(0, "name").Value),
    };

    private static TemplateValue Default(TemplateValue value, GivenArguments arguments, RenderContext context) =>
        value is UndefinedValue || (!value.IsTrue && arguments.IsTrue(1, "boolean"))
            ? arguments.Find(0, "default_value") ?? TextValue.Empty
            : value;

    private static TemplateValue Int(TemplateValue value, GivenArguments arguments, RenderContext context)
    {
        TemplateValue fallback = arguments.Find(0, "default") ?? IntegerValue.Of(0);
        switch (value)
        {
            case IntegerValue:
                return value;
            case BooleanValue boolean:
                return IntegerValue.Of(boolean.Value ? 1 : 0);
            case FloatValue { Value: > long.MinValue and < long.MaxValue } real:
                return IntegerValue.Of((long)real.Value);
            case TextValue text:
                return long.TryParse(text.Value.AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer)
                    ? IntegerValue.Of(integer)
                    : Float(value, GivenArguments.None, context) is FloatValue { Value: not 0 and > long.MinValue and < long.MaxValue } number
                        ? IntegerValue.Of((long)number.Value)
                        : fallback;
            default:
                return fallback;
        }
    }

    private static TemplateValue Float(TemplateValue value, GivenArguments arguments, RenderContext context) => value switch
    {
        FloatValue => value,
        TextValue text when double.TryParse(text.Value.AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) =>
            new FloatValue(number),
        IntegerValue or BooleanValue => new FloatValue(ValueComparison.NumberOf(value)!.Value),
        _ => arguments.Find(0, "default") ?? new FloatValue(0),
    };

    private static FloatValue Round(TemplateValue value, GivenArguments arguments, RenderContext context)
    {
        double number = ValueComparison.NumberOf(value) ?? throw new TemplateException($"A number can be rounded, not {value.Kind}.");
        long digits = Math.Clamp(arguments.IntegerOrNone(0, "precision") ?? 0, 0, 15);
        double factor = Math.Pow(10, digits);
        return (arguments.TextOrNone(1, "method")?.Value ?? "common") switch
        {
            "common" => new FloatValue(Math.Round(number, (int)digits, MidpointRounding.ToEven)),
            "ceil" => new FloatValue(Math.Ceiling(number * factor) / factor),
            "floor" => new FloatValue(Math.Floor(number * factor) / factor),
            var other => throw new TemplateException($"'{other}' is no method of rounding; 'common', 'ceil' and 'floor' are."),
        };
    }
}
