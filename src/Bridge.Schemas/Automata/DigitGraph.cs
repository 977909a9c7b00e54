using Bridge.Schemas.Json;

namespace Bridge.Schemas.Automata;

/// <summary>The digits of the numbers of one sign, compared with the bounds digit by digit.</summary>
internal sealed class DigitGraph
{
    private static readonly MagnitudeBound s_zero = new("0", "", Included: true);

    private readonly ByteGraph _graph;
    private readonly MagnitudeBound _low;
    private readonly MagnitudeBound? _high;
    private readonly bool _isEmpty;
    private readonly int _integerDigits;
    private readonly int _fractionDigits;
    private readonly int _divisor;
    private readonly Dictionary<DigitState, int> _names = [];
    private readonly Queue<DigitState> _open = new();

    /// <summary>Prepares the digits of one sign.</summary>
    /// <param name="graph">Where the states go.</param>
    /// <param name="range">What is allowed.</param>
    /// <param name="negative">Whether the minus sign has been written; zero is then left out.</param>
    public DigitGraph(ByteGraph graph, NumberRange range, bool negative)
    {
        _graph = graph;
        _divisor = range.Divisor;
        (ExactNumber? near, bool beyondNear, ExactNumber? far, bool beforeFar) = negative
            ? (range.High, range.BelowHigh, range.Low, range.AboveLow)
            : (range.Low, range.AboveLow, range.High, range.BelowHigh);
        int side = negative ? -1 : 1;
        bool nearCounts = near is { } bound && bound.Sign == side;
        _low = nearCounts ? MagnitudeBound.Of(near!.Value, !beyondNear)
            : s_zero with { Included = !negative && !(near is { Sign: 0 } && beyondNear) };
        _high = far is { } end ? MagnitudeBound.Of(end, !beforeFar) : null;

        // The whole range may lie on the other side of zero, or leave zero alone on this one.
        _isEmpty = far is { } last && last.Sign == -side;
        _integerDigits = Math.Max(NumberMachines.MaxInteger, _low.Integer.Length);
        _fractionDigits = range.Fraction ?? Math.Max(
            NumberMachines.MaxFraction, Math.Max(_low.Fraction.Length, _high?.Fraction.Length ?? 0) + 1);
    }

    /// <summary>Connects a state with the first digits.</summary>
    public void Connect(int from)
    {
        if (_isEmpty)
        {
            return;
        }

        ConnectDigits(from, default);
        while (_open.TryDequeue(out DigitState state))
        {
            ConnectDigits(_names[state], state);
        }
    }

    private void ConnectDigits(int from, DigitState state)
    {
        // A whole number has no leading zero: after a first 0 only the point may follow.
        bool mayGrow = state.InFraction ? state.Digits < _fractionDigits : state.Digits < _integerDigits && !state.IsZero;
        for (int digit = 0; mayGrow && digit <= 9; digit++)
        {
            _graph.Connect(from, '0' + digit, '0' + digit, NameOf(state.Append(digit, _low, _high, _divisor)));
        }

        if (!state.InFraction && state.Digits > 0 && _fractionDigits > 0)
        {
            _graph.Connect(from, '.', '.', NameOf(state.Point(_low, _high)));
        }
    }

    private int NameOf(DigitState state)
    {
        if (!_names.TryGetValue(state, out int name))
        {
            _names[state] = name = _graph.Add(state.Ends(_low, _high), counts: false);
            _open.Enqueue(state);
        }

        return name;
    }
}
