using System.Text;

namespace Bridge.Schemas.Tests.Exports;

/// <summary>A symbol of a grammar.</summary>
internal abstract record GbnfSymbol;

/// <summary>One character of a set.</summary>
internal sealed record GbnfCharacters((int First, int Last)[] Ranges) : GbnfSymbol
{
    public bool Contains(int value) => Array.Exists(Ranges, range => range.First <= value && value <= range.Last);
}

/// <summary>Another rule.</summary>
internal sealed record GbnfReference(int Rule) : GbnfSymbol;

/// <summary>A grammar that is run: it recognises texts by all stacks at once, and writes texts at random.</summary>
internal sealed class GbnfMachine
{
    private const int Endless = int.MaxValue / 4;

    private readonly Dictionary<int, GbnfSymbol[][]> _rules;
    private readonly Dictionary<int, int> _shortest = [];
    private readonly int _root;

    public GbnfMachine(Dictionary<int, GbnfSymbol[][]> rules, int root)
    {
        _rules = rules;
        _root = root;
        Measure();
        RefuseLeftRecursion();
        _shortest[root].Should().BeLessThan(Endless, "some text must be allowed");
    }

    /// <summary>How many rules there are, those of groups and repetitions included.</summary>
    public int RuleCount => _rules.Count;

    /// <summary>Whether a text is allowed; if not, how much of it is.</summary>
    public bool Accepts(string text, out int taken)
    {
        HashSet<Stack> stacks = [];
        Open(stacks, new Frame(new GbnfReference(_root), null));
        taken = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            HashSet<Stack> next = [];
            foreach (Stack stack in stacks)
            {
                if (stack.Top is { Symbol: GbnfCharacters set } top && set.Contains(rune.Value))
                {
                    Open(next, top.Next);
                }
            }

            stacks = next;
            if (stacks.Count == 0)
            {
                return false;
            }

            taken += rune.Utf16SequenceLength;
        }

        return stacks.Contains(default);
    }

    /// <summary>Writes a text; beyond a length or depth, by the shortest way.</summary>
    public string Write(Random random, int length, int depth)
    {
        var text = new StringBuilder();
        var open = new Stack<(GbnfSymbol Symbol, int Depth)>();
        open.Push((new GbnfReference(_root), 0));
        while (open.TryPop(out (GbnfSymbol Symbol, int Depth) next))
        {
            if (next.Symbol is GbnfCharacters set)
            {
                (int first, int last) = set.Ranges[random.Next(set.Ranges.Length)];
                int value = random.Next(4) == 0 ? random.Next(first, last + 1) : random.Next(first, Math.Min(last, first + 90) + 1);
                text.Append(char.ConvertFromUtf32(value));
                continue;
            }

            GbnfSymbol[][] options = _rules[((GbnfReference)next.Symbol).Rule];
            bool hurry = text.Length + open.Count > length || next.Depth > depth;
            GbnfSymbol[] chosen = hurry ? options.MinBy(Shortest)! : Any(options, random);
            for (int i = chosen.Length - 1; i >= 0; i--)
            {
                // The last symbol of a rule is a tail, not a level.
                open.Push((chosen[i], next.Depth + (i == chosen.Length - 1 ? 0 : 1)));
            }
        }

        return text.ToString();
    }

    private GbnfSymbol[] Any(GbnfSymbol[][] options, Random random)
    {
        GbnfSymbol[] chosen = options[random.Next(options.Length)];
        return Shortest(chosen) < Endless ? chosen : options.MinBy(Shortest)!;
    }

    /// <summary>Opens references until a character is waited for, or the end.</summary>
    private void Open(HashSet<Stack> stacks, Frame? frame)
    {
        var seen = new HashSet<Stack>();
        var open = new Stack<Frame?>([frame]);
        while (open.TryPop(out Frame? top))
        {
            if (!seen.Add(new Stack(top)))
            {
                continue;
            }

            if (top?.Symbol is GbnfReference reference)
            {
                foreach (GbnfSymbol[] option in _rules[reference.Rule])
                {
                    Frame? pushed = top.Next;
                    for (int i = option.Length - 1; i >= 0; i--)
                    {
                        pushed = new Frame(option[i], pushed);
                    }

                    open.Push(pushed);
                }
            }
            else
            {
                stacks.Add(new Stack(top));
            }
        }
    }

    private int Shortest(GbnfSymbol[] option) => (int)Math.Min(
        Endless, option.Sum(symbol => symbol is GbnfReference reference ? _shortest[reference.Rule] : 1L));

    private void Measure()
    {
        foreach (int rule in _rules.Keys)
        {
            _shortest[rule] = Endless;
        }

        for (bool changed = true; changed;)
        {
            changed = false;
            foreach ((int rule, GbnfSymbol[][] options) in _rules)
            {
                int shortest = options.Min(Shortest);
                changed |= shortest < _shortest[rule];
                _shortest[rule] = shortest;
            }
        }
    }

    /// <summary>A rule that can reach itself before any character is refused by llama.cpp.</summary>
    private void RefuseLeftRecursion()
    {
        var state = new Dictionary<int, bool>();
        foreach (int start in _rules.Keys)
        {
            var path = new Stack<(int Rule, bool Leaves)>([(start, false)]);
            while (path.TryPop(out (int Rule, bool Leaves) next))
            {
                if (next.Leaves)
                {
                    state[next.Rule] = true;
                    continue;
                }

                if (state.TryGetValue(next.Rule, out bool done))
                {
                    done.Should().BeTrue("no rule may lead to itself before a character");
                    continue;
                }

                state[next.Rule] = false;
                path.Push((next.Rule, true));
                foreach (GbnfSymbol[] option in _rules[next.Rule])
                {
                    foreach (GbnfSymbol symbol in option)
                    {
                        if (symbol is not GbnfReference reference)
                        {
                            break;
                        }

                        if (!state.TryGetValue(reference.Rule, out bool finished) || !finished)
                        {
                            path.Push((reference.Rule, false));
                        }

                        if (_shortest[reference.Rule] > 0)
                        {
                            break;
                        }
                    }
                }
            }
        }
    }

    /// <summary>What is still to be read, innermost first; equal when it reads the same.</summary>
    private sealed class Frame(GbnfSymbol symbol, Frame? next)
    {
        private readonly int _hash = HashCode.Combine(
            symbol is GbnfReference reference ? reference.Rule : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(symbol), next?._hash ?? 0);

        public GbnfSymbol Symbol => symbol;

        public Frame? Next => next;

        public int Hash => _hash;

        public bool Reads(Frame? other)
        {
            Frame? mine = this;
            for (; mine is not null && other is not null && !ReferenceEquals(mine, other); mine = mine.Next, other = other.Next)
            {
                bool same = mine.Symbol is GbnfReference left && other.Symbol is GbnfReference right ? left.Rule == right.Rule : ReferenceEquals(mine.Symbol, other.Symbol);
                if (!same || mine._hash != other._hash)
                {
                    return false;
                }
            }

            return ReferenceEquals(mine, other);
        }
    }

    private readonly struct Stack(Frame? top) : IEquatable<Stack>
    {
        public Frame? Top => top;

        public bool Equals(Stack other) => top is null ? other.Top is null : top.Reads(other.Top);

        public override bool Equals(object? obj) => obj is Stack other && Equals(other);

        public override int GetHashCode() => top?.Hash ?? 0;
    }
}
