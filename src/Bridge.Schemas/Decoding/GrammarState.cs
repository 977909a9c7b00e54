using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Decoding;

/// <summary>Every way the text so far can be read. What depends on the length of the current string is kept outside.</summary>
internal sealed class GrammarState(GrammarStates states, GrammarThread[] threads)
{
    private readonly GrammarThread[] _threads = threads;
    private readonly bool _hasMachine = Array.Exists(threads, thread => thread.Node is MachineNode);
    private readonly bool _hasName = Array.Exists(threads, thread => thread.Node is NameNode);
    private GrammarMove?[]? _moves;
    private StrongBox<ByteSet>? _allowed;
    private ConcurrentDictionary<GrammarThread, GrammarState>? _exits;
    private StrongBox<bool>? _endsApart;

    /// <summary>Whether a name is being written that no other member may have.</summary>
    public bool HasName => _hasName;

    /// <summary>Whether what may follow depends neither on the count nor on the name, for as many further characters.</summary>
    public bool IsSteady(int count, int ahead)
    {
        foreach (GrammarThread thread in _hasMachine ? _threads : [])
        {
            if (thread.Node is MachineNode machine && !machine.Machine.IsSteady(count, ahead))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where in a text it stands that can be read in one way only. That a name is taken shows where it ends.</summary>
    public TextInterior? Interior(int count, int ahead) =>
        _threads is [{ Node: MachineNode machine } thread] && machine.Machine.IsSteady(count, ahead)
            && (_endsApart ??= new StrongBox<bool>(EndsApart(machine, thread))).Value
            ? new TextInterior(machine.Machine, thread.State, count)
            : null;

    /// <summary>Whether no byte that follows the text could also go on it.</summary>
    private bool EndsApart(MachineNode machine, in GrammarThread thread) =>
        !Exits(machine, thread, null).Allowed(0, null).ToEnumerable().Any(machine.Machine.GoesOn);

    /// <summary>The bytes to the shortest end.</summary>
    public int Rest(int count, WrittenName? name)
    {
        int shortest = ByteMachine.Never;
        foreach (GrammarThread thread in _threads)
        {
            // A name that is taken needs one more character.
            int more = thread.Node is NameNode node && node.Machine.Accepts(thread.State, count) && IsTaken(node, thread, name) ? 1 : 0;
            shortest = Math.Min(shortest, thread.Rest(count) + more);
        }

        return shortest;
    }

    /// <summary>Whether the text may end here.</summary>
    public bool CanEnd(int count)
    {
        // A loop: asked for every token, it must leave nothing behind.
        foreach (GrammarThread thread in _threads)
        {
            if (thread.Node is EndNode
                || (thread.Node is MachineNode machine && machine.Machine.Accepts(thread.State, count) && Exits(machine, thread, null).CanEnd(0)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bytes that may follow.</summary>
    public ByteSet Allowed(int count, WrittenName? name)
    {
        if (_hasName || !IsSteady(count, 1))
        {
            return FindAllowed(count, name);
        }

        return (_allowed ??= new StrongBox<ByteSet>(FindAllowed(count, name))).Value;
    }

    /// <summary>Takes a byte; <see langword="null"/> when it may not follow.</summary>
    public GrammarMove? Take(byte value, int count, WrittenName? name)
    {
        if (!IsSteady(count, 1) || (_hasName && EndsName(value)))
        {
            return FindMove(value, count, name);
        }

        GrammarMove?[] moves = _moves ??= new GrammarMove?[256];
        GrammarMove move = moves[value] ??= FindMove(value, count, name) ?? GrammarMove.None;
        return move.Target is null ? null : move;
    }

    /// <summary>The state without the ways on which a string, a number or a name goes on: it ends here; <see langword="null"/> when there is none.</summary>
    public GrammarState? WithoutText(int count, WrittenName? name)
    {
        var next = new ThreadSet(states);
        foreach (GrammarThread thread in _threads)
        {
            GrammarThread[] ways = thread.Node is not MachineNode machine ? [thread]
                : MayLeave(machine, thread, count, name) ? Exits(machine, thread, name)._threads : [];
            foreach (GrammarThread way in ways.Where(way => way.Node is not MachineNode))
            {
                next.AddReady(way);
            }
        }

        return next.IsEmpty ? null : states.State(next.ToArray());
    }

    private ByteSet FindAllowed(int count, WrittenName? name)
    {
        var allowed = default(ByteSet);
        foreach (GrammarThread thread in _threads)
        {
            allowed |= thread.Node switch
            {
                TextNode text => ByteSet.Of(text.Text[thread.State]),
                ItemsNode items => ByteSet.Of(items.Separator[ItemsNode.Offset(thread.State)]),
                OthersNode others => ByteSet.Of(others.Separator[thread.State]),
                MachineNode machine => FindAllowed(machine, thread, count, name),
                _ => default,
            };
        }

        return allowed;
    }

    private ByteSet FindAllowed(MachineNode machine, in GrammarThread thread, int count, WrittenName? name)
    {
        ByteSet allowed = MayLeave(machine, thread, count, name) ? Exits(machine, thread, name).FindAllowed(0, null) : default;
        for (int value = 0; value < 256; value++)
        {
            allowed = MayStep(machine, thread, (byte)value, count, name, out _, out _) ? allowed | ByteSet.Of((byte)value) : allowed;
        }

        return allowed;
    }

    private GrammarMove? FindMove(byte value, int count, WrittenName? name)
    {
        var next = new ThreadSet(states);
        int counted = Step(next, value, count, name);
        if (next.IsEmpty)
        {
            return null;
        }

        GrammarState target = states.State(next.ToArray());
        return new GrammarMove(target, next.EntersText, counted > count, target._hasName);
    }

    /// <summary>Adds where a byte leads, and says what becomes of the count.</summary>
    private int Step(ThreadSet next, byte value, int count, WrittenName? name)
    {
        int counted = count;
        foreach (GrammarThread thread in _threads)
        {
            switch (thread.Node)
            {
                case TextNode text when text.Text[thread.State] == value:
                    AddAfter(next, text, thread);
                    break;
                case ItemsNode items when items.Separator[ItemsNode.Offset(thread.State)] == value:
                case OthersNode others when others.Separator[thread.State] == value:
                    next.Add(thread with { State = thread.State + 1 });
                    break;
                case MachineNode machine:
                    if (MayStep(machine, thread, value, count, name, out int state, out int after))
                    {
                        counted = Math.Max(counted, after); // a number that stands where a text may is not counted
                        next.AddReady(thread with { State = state });
                    }

                    if (MayLeave(machine, thread, count, name))
                    {
                        Exits(machine, thread, name).Step(next, value, 0, null);
                    }

                    break;
            }
        }

        return counted;
    }

    private bool EndsName(byte value)
    {
        foreach (GrammarThread thread in _threads)
        {
            if (thread.Node is NameNode name && name.End == value)
            {
                return true;
            }
        }

        return false;
    }

    private static void AddAfter(ThreadSet next, TextNode text, in GrammarThread thread)
    {
        if (thread.State + 1 < text.Text.Length)
        {
            next.AddReady(thread with { State = thread.State + 1 });
        }
        else
        {
            next.Add(thread with { Node = text.Next, State = 0 });
        }
    }

    private static bool MayLeave(MachineNode machine, in GrammarThread thread, int count, WrittenName? name) =>
        machine.Machine.Accepts(thread.State, count) && !(machine is NameNode node && IsTaken(node, thread, name));

    private static bool MayStep(
        MachineNode machine, in GrammarThread thread, byte value, int count, WrittenName? name, out int state, out int after)
    {
        state = thread.State;
        after = count;
        if (!machine.Machine.TryStep(value, ref state, ref after))
        {
            return false;
        }

        // A name as long as may be must not be a taken one: nothing could follow.
        return machine is not NameNode node || machine.Machine.MayGrow(after) || !machine.Machine.Accepts(state, after)
            || !IsTaken(node, thread, new WrittenName(value, name));
    }

    private static bool IsTaken(NameNode node, in GrammarThread thread, WrittenName? name)
    {
        string text = WrittenName.ToText(name);
        return thread.Frame!.Names?.Contains(text) == true || node.IsDeclared(text);
    }

    /// <summary>Where a string, a number or a name leads when it ends here.</summary>
    private GrammarState Exits(MachineNode machine, in GrammarThread thread, WrittenName? name)
    {
        if (machine is not NameNode)
        {
            _exits ??= new ConcurrentDictionary<GrammarThread, GrammarState>();
            return _exits.GetOrAdd(thread, static (key, all) => all.Open(((MachineNode)key.Node).Next, key.Frame), states);
        }

        GrammarFrame frame = thread.Frame!;
        return states.Open(machine.Next, states.Frame(
            frame.Node, frame.State, new UsedNames(WrittenName.ToText(name), frame.Names), frame.Outer));
    }
}

/// <summary>What a byte does: the state it leads to, and what becomes of the count and the name.</summary>
/// <param name="Target">The state.</param>
/// <param name="Resets">Whether a string, a number or a name begins.</param>
/// <param name="Counts">Whether a character has begun.</param>
/// <param name="Names">Whether the byte belongs to a name that must be remembered.</param>
internal sealed record GrammarMove(GrammarState? Target, bool Resets, bool Counts, bool Names)
{
    /// <summary>No byte may follow.</summary>
    public static GrammarMove None { get; } = new(null, false, false, false);
}
