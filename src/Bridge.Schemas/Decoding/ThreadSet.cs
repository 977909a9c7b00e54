namespace Bridge.Schemas.Decoding;

/// <summary>Collects threads that wait for a byte: whatever needs none is gone through at once.</summary>
/// <param name="states">Where frames are kept.</param>
internal sealed class ThreadSet(GrammarStates states)
{
    private readonly List<GrammarThread> _ready = [];
    private readonly HashSet<GrammarThread> _seen = [];
    private readonly Stack<GrammarThread> _open = new();

    /// <summary>Whether a string, a number or a name has been begun.</summary>
    public bool EntersText { get; private set; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _ready.Count == 0;

    /// <summary>The threads, in the order of the grammar.</summary>
    public GrammarThread[] ToArray() => [.. _ready];

    /// <summary>Adds a thread that waits already.</summary>
    public void AddReady(in GrammarThread thread)
    {
        if (_seen.Add(thread))
        {
            _ready.Add(thread);
        }
    }

    /// <summary>Adds a thread and goes through all that needs no byte.</summary>
    public void Add(in GrammarThread thread)
    {
        _open.Push(thread);
        while (_open.TryPop(out GrammarThread next))
        {
            Open(next);
        }
    }

    private void Open(in GrammarThread thread)
    {
        switch (thread.Node)
        {
            case ChoiceNode choice:
                for (int i = choice.Options.Length - 1; i >= 0; i--)
                {
                    _open.Push(thread with { Node = choice.Options[i], State = 0 });
                }

                break;
            case CallNode call:
                Enter(call.Rule, call.Next, 0, thread.Names, thread.Frame);
                break;
            case ReturnNode:
                GrammarFrame frame = thread.Frame!;
                _open.Push(new GrammarThread(frame.Node, frame.State, frame.Names, frame.Outer));
                break;
            case ItemsNode items when ItemsNode.Offset(thread.State) == 0:
                OpenItems(items, thread);
                break;
            case ItemsNode items when ItemsNode.Offset(thread.State) == items.Separator.Length:
                Enter(items.Item(thread.State), items, items.After(thread.State), null, thread.Frame);
                break;
            case OthersNode others when thread.State == 0:
                OpenOthers(others, thread);
                break;
            case OthersNode others when thread.State == others.Separator.Length:
                Enter(others.Member, others.Later, 0, thread.Names, thread.Frame);
                break;
            default:
                EntersText |= thread.Node is MachineNode;
                AddReady(thread);
                break;
        }
    }

    private void OpenItems(ItemsNode items, in GrammarThread thread)
    {
        if (items.MayClose(thread.State))
        {
            _open.Push(thread with { Node = items.Close, State = 0 });
        }

        if (!items.MayGrow(thread.State))
        {
            return;
        }

        if (ItemsNode.HasItems(thread.State))
        {
            AddReady(thread);
        }
        else
        {
            Enter(items.Item(thread.State), items, items.After(thread.State), null, thread.Frame);
        }
    }

    private void OpenOthers(OthersNode others, in GrammarThread thread)
    {
        _open.Push(thread with { Node = others.Close, Names = null });
        if (!others.MayGrow(thread.Names))
        {
            return;
        }

        if (others.Later == others)
        {
            AddReady(thread);
        }
        else
        {
            Enter(others.Member, others.Later, 0, thread.Names, thread.Frame);
        }
    }

    private void Enter(GrammarRule rule, GrammarNode next, int state, UsedNames? names, GrammarFrame? frame) => _open.Push(
        new GrammarThread(rule.Start, 0, null, next is ReturnNode ? frame : states.Frame(next, state, names, frame)));
}
