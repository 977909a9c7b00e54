using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Decoding;

/// <summary>A place in the grammar of a program: what may be written there, and where that leads.</summary>
internal abstract class GrammarNode
{
    private int _rest = -1;

    /// <summary>How many bytes the shortest way from here to the end of the rule needs; at most <see cref="ByteMachine.Never"/>.</summary>
    public int Rest
    {
        get
        {
            // Several threads may measure at once; all find the same.
            if (_rest < 0)
            {
                _rest = (int)Math.Min(Measure(), ByteMachine.Never);
            }

            return _rest;
        }
    }

    /// <summary>The same from a state within the node.</summary>
    /// <param name="state">The node's own state.</param>
    /// <param name="count">How many characters of the current string have been written.</param>
    public virtual int RestFrom(int state, int count) => Rest;

    /// <summary>Measures <see cref="Rest"/>.</summary>
    protected abstract long Measure();
}
