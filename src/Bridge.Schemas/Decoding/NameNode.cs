using System.Collections.Immutable;
using System.Text;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Decoding;

/// <summary>The name of a member that the schema does not name: none that is taken.</summary>
/// <param name="machine">The names.</param>
/// <param name="keywords">What the schemas say of members.</param>
/// <param name="next">What follows the name; begins with a byte that no name has as it stands.</param>
internal sealed class NameNode(ByteMachine machine, ImmutableArray<ObjectKeyword> keywords, TextNode next) : MachineNode(machine, next)
{
    /// <summary>The byte that ends the name.</summary>
    public byte End => next.Text[0];

    /// <summary>Whether the schema names such a member itself, or one that differs only in case where that is refused.</summary>
    public bool IsDeclared(string name) => keywords.Any(keyword =>
        keyword.Table.Find(name) >= 0 || (keyword.RefusesCaseVariants && keyword.Table.FindIgnoringCase(Encoding.UTF8.GetBytes(name)) is not null));
}
