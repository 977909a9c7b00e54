using System.Numerics;

namespace Bridge.Llama.Jinja;

/// <summary>What <c>+ - * / // % **</c> do.</summary>
internal static class Arithmetic
{
    /// <summary>The sum of numbers, or texts or lists in a row.</summary>
    /// <remarks>A text and another value become text, the value as JSON: templates write arguments that way. Python would refuse.</remarks>
    public static TemplateValue Add(TemplateValue left, TemplateValue right, RenderContext context)
    {
        switch (left, right)
        {
            case (TextValue a, TextValue b):
                return TextValue.Concat(a, b, context);
            case (ListValue a, ListValue b):
                context.Budget.Steps(a.All.Count + b.All.Count);
                return new ListValue([.. a.All, .. b.All], isTuple: a.IsTuple && b.IsTuple);
            case (NullValue or UndefinedValue, _) or (_, NullValue or UndefinedValue):
                throw Refused("+", left, right);
            case (TextValue a, _):
                return TextValue.Concat(a, JsonText.Of(right, context), context);
            case (_, TextValue b):
                return TextValue.Concat(JsonText.Of(left, context), b, context);
            default:
                return Numbers("+", left, right, context);
        }
    }

    public static TemplateValue Apply(string sign, TemplateValue left, TemplateValue right, RenderContext context) => (sign, left, right) switch
    {
        ("+", _, _) => Add(left, right, context),
        ("*", TextValue text, IntegerValue count) => Repeat(text, count.Value, context),
        ("*", IntegerValue count, TextValue text) => Repeat(text, count.Value, context),
        ("*", ListValue list, IntegerValue count) => Repeat(list, count.Value, context),
        ("%", TextValue text, ListValue { IsTuple: true } values) => TextFormat.Percent(text, new GivenArguments(values.All, []), context),
        ("%", TextValue text, _) => TextFormat.Percent(text, new GivenArguments([right], []), context),
        _ => Numbers(sign, left, right, context),
    };

    /// <summary>A number with its sign changed.</summary>
    public static TemplateValue Negate(TemplateValue value, RenderContext context) =>
        value is FloatValue real ? new FloatValue(-real.Value) : Apply("-", IntegerValue.Of(0), value, context);

    private static TemplateValue Numbers(string sign, TemplateValue left, TemplateValue right, RenderContext context)
    {
        if (ValueComparison.NumberOf(left) is not { } a || ValueComparison.NumberOf(right) is not { } b)
        {
            throw Refused(sign, left, right);
        }

        if (b == 0 && (sign is "/" or "//" or "%" || (sign == "**" && a == 0 && b < 0)))
        {
            throw new TemplateException("A number is divided by 0.");
        }

        if (left is FloatValue || right is FloatValue || sign == "/" || (sign == "**" && b < 0))
        {
            return new FloatValue(Reals(sign, a, b));
        }

        BigInteger result = Integers(sign, Whole(left), Whole(right));
        return result >= long.MinValue && result <= long.MaxValue
            ? IntegerValue.Of((long)result)
            : throw new TemplateException($"The result of '{sign}' is greater than 64 bits hold.");
    }

    private static double Reals(string sign, double a, double b) => sign switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "//" => Math.Floor(a / b),
        "%" => a - (b * Math.Floor(a / b)),
        _ => Math.Pow(a, b),
    };

    private static BigInteger Integers(string sign, long a, long b)
    {
        switch (sign)
        {
            case "+":
                return (BigInteger)a + b;
            case "-":
                return (BigInteger)a - b;
            case "*":
                return (BigInteger)a * b;
            case "**":
                return b <= 64 || a is 0 or 1 or -1 ? BigInteger.Pow(a, (int)Math.Min(b, 64 + (b % 2)))
                    : throw new TemplateException("The result of '**' is greater than 64 bits hold.");
            default:
                // Python rounds down, and the remainder has the sign of the divisor.
                BigInteger quotient = BigInteger.DivRem(a, b, out BigInteger rest);
                bool isBetween = !rest.IsZero && (rest.Sign < 0) != (b < 0);
                return sign == "//" ? quotient - (isBetween ? 1 : 0) : rest + (isBetween ? b : 0);
        }
    }

    private static long Whole(TemplateValue value) => value is IntegerValue integer ? integer.Value : value.IsTrue ? 1 : 0;

    private static TextValue Repeat(TextValue text, long count, RenderContext context)
    {
        count = Math.Max(count, 0);
        context.Budget.Text(count > 0 && text.Length > long.MaxValue / count ? long.MaxValue / 2 : text.Length * count);
        var builder = new TextBuilder(context.Budget, charged: true);
        for (long at = 0; at < count && text.Length > 0; at++)
        {
            builder.Append(text);
        }

        return builder.ToText();
    }

    private static ListValue Repeat(ListValue list, long count, RenderContext context)
    {
        count = Math.Clamp(count, 0, int.MaxValue);
        context.Budget.Steps(list.All.Count * count);
        return new ListValue([.. Enumerable.Repeat(list.All, list.All.Count == 0 ? 0 : (int)count).SelectMany(items => items)], isTuple: list.IsTuple);
    }

    private static TemplateException Refused(string sign, TemplateValue left, TemplateValue right) =>
        new($"'{sign}' does not work with {left.Kind} and {right.Kind}.");
}
