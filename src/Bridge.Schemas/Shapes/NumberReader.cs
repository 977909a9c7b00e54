using System.Collections.Concurrent;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Shapes;

/// <summary>Reads what is asked of a number.</summary>
internal static class NumberReader
{
    private const int CacheLimit = 1_000;
    private static readonly ConcurrentDictionary<NumberRange, ByteMachine> s_machines = new();

    /// <summary>Reads the shape; <see langword="null"/> when no number is allowed.</summary>
    public static Shape? Read(GoalTable table, Conjunction way)
    {
        var range = new NumberRange { Fraction = way.Kinds.HasFlag(JsonKinds.Number) ? null : 0 };
        foreach ((SchemaNode node, Keyword keyword) in way.Keywords)
        {
            range = keyword switch
            {
                BoundKeyword { IsLower: true } bound => range.From(bound.Bound, bound.IsExclusive),
                BoundKeyword bound => range.To(bound.Bound, bound.IsExclusive),
                MultipleOfKeyword multiple => Divide(table, node, range, multiple.Divisor),
                _ => range,
            };
        }

        ByteMachine machine = Build(table, way, range);
        return machine.IsEmpty ? null : new NumberShape(machine, range, [.. way.All<MultipleOfKeyword>().Select(keyword => keyword.Divisor)]);
    }

    private static ByteMachine Build(GoalTable table, Conjunction way, NumberRange range)
    {
        try
        {
            return Machine(range);
        }
        catch (NotRegularException)
        {
            foreach ((SchemaNode node, Keyword keyword) in way.Keywords)
            {
                if (keyword is BoundKeyword { Name: var name })
                {
                    table.Lose(node, name, "The bound has too many digits to be followed together with the other rules.");
                }
                else if (keyword is MultipleOfKeyword)
                {
                    table.Lose(node, "multipleOf", "The divisor is too great to be followed together with the other rules.");
                }
            }

            return Machine(new NumberRange { Fraction = range.Fraction });
        }
    }

    /// <summary>Whole divisors are followed digit by digit, powers of ten by the number of decimals; others are checked after.</summary>
    private static NumberRange Divide(GoalTable table, SchemaNode node, NumberRange range, ExactNumber divisor)
    {
        (string integer, string fraction) = divisor.ToDecimal(MagnitudeBound.MaxDigits);
        if (divisor.IsInteger && divisor.ToCount() is { } whole && (long)whole * range.Divisor <= AutomatonBudget.MaxDivisor)
        {
            return range with { Fraction = 0, Divisor = LeastCommonMultiple(whole, range.Divisor) };
        }

        if (integer == "0" && fraction.TrimStart('0') == "1")
        {
            return range with { Fraction = Math.Min(range.Fraction ?? int.MaxValue, fraction.Length) };
        }

        table.Lose(node, "multipleOf", "Only whole divisors up to 100 and powers of ten are followed digit by digit.");
        return range;
    }

    private static int LeastCommonMultiple(int left, int right)
    {
        int multiple = left;
        while (multiple % right != 0)
        {
            multiple += left;
        }

        return multiple;
    }

    private static ByteMachine Machine(NumberRange range)
    {
        if (s_machines.TryGetValue(range, out ByteMachine? machine))
        {
            return machine;
        }

        if (s_machines.Count >= CacheLimit)
        {
            s_machines.Clear();
        }

        return s_machines.GetOrAdd(range, NumberMachines.Of(range));
    }
}
