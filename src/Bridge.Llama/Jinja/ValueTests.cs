using System.Collections.Frozen;

namespace Bridge.Llama.Jinja;

/// <summary>The tests: what may stand after <c>is</c>.</summary>
internal static class ValueTests
{
    private static readonly FrozenDictionary<string, ValueTest> s_tests = new Dictionary<string, ValueTest>
    {
        ["defined"] = (value, _, _) => value is not UndefinedValue,
        ["undefined"] = (value, _, _) => value is UndefinedValue,
        ["none"] = (value, _, _) => value is NullValue,
        ["true"] = (value, _, _) => value is BooleanValue { Value: true },
        ["false"] = (value, _, _) => value is BooleanValue { Value: false },
        ["boolean"] = (value, _, _) => value is BooleanValue,
        ["string"] = (value, _, _) => value is TextValue,
        ["integer"] = (value, _, _) => value is IntegerValue,
        ["float"] = (value, _, _) => value is FloatValue,
        ["number"] = (value, _, _) => ValueComparison.NumberOf(value) is not null,
        ["mapping"] = (value, _, _) => value is MapValue,
        ["iterable"] = (value, _, _) => value is TextValue or ListValue or MapValue or UndefinedValue,
        ["sequence"] = (value, _, _) => value is TextValue or ListValue or MapValue or UndefinedValue,
        ["callable"] = (value, _, _) => value is CallableValue,
        ["lower"] = (value, _, context) => TextCase.IsLower(PythonText.Of(value, context).Value),
        ["upper"] = (value, _, context) => TextCase.IsUpper(PythonText.Of(value, context).Value),
        ["odd"] = (value, _, _) => Modulo(value, 2) == 1,
        ["even"] = (value, _, _) => Modulo(value, 2) == 0,
        ["divisibleby"] = (value, arguments, _) => Modulo(value, arguments.IntegerOrNone(0, "num") ?? 0) == 0,
        ["sameas"] = (value, arguments, context) => IsSame(value, Other(arguments), context),
        ["in"] = (value, arguments, context) => Membership.IsIn(value, Other(arguments), context),
        ["filter"] = (value, _, context) => Filters.Find(PythonText.Of(value, context).Value) is not null,
        ["test"] = (value, _, context) => Find(PythonText.Of(value, context).Value) is not null,
        ["eq"] = Equal,
        ["equalto"] = Equal,
        ["=="] = Equal,
        ["ne"] = (value, arguments, context) => !Equal(value, arguments, context),
        ["!="] = (value, arguments, context) => !Equal(value, arguments, context),
        ["lt"] = (value, arguments, context) => Order(value, arguments, context) < 0,
        ["<"] = (value, arguments, context) => Order(value, arguments, context) < 0,
        ["le"] = (value, arguments, context) => Order(value, arguments, context) <= 0,
        ["<="] = (value, arguments, context) => Order(value, arguments, context) <= 0,
        ["gt"] = (value, arguments, context) => Order(value, arguments, context) > 0,
        [">"] = (value, arguments, context) => Order(value, arguments, context) > 0,
        ["ge"] = (value, arguments, context) => Order(value, arguments, context) >= 0,
        [">="] = (value, arguments, context) => Order(value, arguments, context) >= 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names, sorted.</summary>
    public static IEnumerable<string> Names => s_tests.Keys.Order(StringComparer.Ordinal);

    /// <summary>The test of a name; <see langword="null"/> where there is none.</summary>
    public static ValueTest? Find(string name) => s_tests.GetValueOrDefault(name);

    private static bool Equal(TemplateValue value, GivenArguments arguments, RenderContext context) =>
        ValueComparison.AreEqual(value, Other(arguments), context.Budget);

    private static int Order(TemplateValue value, GivenArguments arguments, RenderContext context) =>
        ValueComparison.Compare(value, Other(arguments), context.Budget);

    private static TemplateValue Other(GivenArguments arguments) =>
        arguments.Find(0, "other") ?? throw new TemplateException("The test needs a value to compare with.");

    private static bool IsSame(TemplateValue value, TemplateValue other, RenderContext context) =>
        value is ListValue or MapValue or NamespaceValue
            ? ReferenceEquals(value, other)
            : value.GetType() == other.GetType() && ValueComparison.AreEqual(value, other, context.Budget);

    private static long Modulo(TemplateValue value, long divisor)
    {
        if (value is not IntegerValue { Value: var integer } || divisor is 0 or -1)
        {
            throw new TemplateException($"An integer can be divided by an integer other than 0 and -1, not {value.Kind} by {divisor}.");
        }

        return Math.Abs(integer % divisor);
    }
}
