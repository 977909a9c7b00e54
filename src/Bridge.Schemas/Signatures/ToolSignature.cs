using System.Text;
using Bridge.Schemas.Compilation;

namespace Bridge.Schemas.Signatures;

/// <summary>A tool in the fewest words that lose nothing a model needs: <c>add(a:number, b:number) - Adds two numbers</c>.</summary>
public static class ToolSignature
{
    /// <summary>Writes a signature: one line, or, where parameters are described, a line for each of them below that of the tool.</summary>
    /// <param name="name">The tool's name.</param>
    /// <param name="description">What it does; may be empty.</param>
    /// <param name="schema">Its input schema.</param>
    /// <param name="describe">Whether the descriptions of parameters are written.</param>
    /// <returns>The signature, lines parted by a line feed.</returns>
    /// <remarks>
    /// <c>?</c> marks what may be left out, <c>=5</c> a default, <c>"c"|"f"</c> the only values, <c>string[]</c> a list,
    /// <c>[number, number]</c> a list by position, <c>{…}</c> an object, <c>*:number</c> its further members, <c>&amp;</c> what holds besides,
    /// and parentheses bounds: <c>integer(1..7)</c>, <c>string(date)</c>. What a description only repeats is left out.
    /// </remarks>
    public static string Write(string name, string? description, CompiledSchema schema, bool describe = true)
    {
        ArgumentNullException.ThrowIfNull(name);
        var root = ToolParameter.Of(schema);
        var text = new StringBuilder(name);
        bool block = describe && root.Properties.Concat(root.Others).Any(SignatureDescription.IsNeededIn);
        var types = new SignatureTypes(describe);
        if (!block)
        {
            types.AppendArguments(text, root);
        }

        types.AppendConditions(text, root, needsOwn: !block);
        if (!string.IsNullOrWhiteSpace(description))
        {
            text.Append(" - ").Append(SignatureDescription.OneLine(description));
        }

        if (block)
        {
            AppendLines(text, root, types, indent: 1);
        }

        return text.ToString();
    }

    /// <summary>The type of a parameter as a signature writes it, such as <c>string[]</c>.</summary>
    /// <param name="parameter">The parameter.</param>
    public static string TypeOf(ToolParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return new SignatureTypes(describe: false).Write(parameter);
    }

    private static void AppendLines(StringBuilder text, ToolParameter owner, SignatureTypes types, int indent)
    {
        foreach (ToolParameter member in owner.Properties.Concat(owner.Others))
        {
            text.Append('\n').Append(' ', indent);
            ToolParameter? inner = Unfolded(member);
            types.AppendMember(text, member, owner.Others.Contains(member), inner is null ? null : ReferenceEquals(inner, member) ? "object" : SignatureTypes.List("object", member));
            if (SignatureDescription.Of(member) is { } said)
            {
                text.Append(" - ").Append(said);
            }

            if (inner is not null)
            {
                AppendLines(text, inner, types, indent + 1);
            }
        }
    }

    /// <summary>The object whose members get lines of their own: the parameter, or its items.</summary>
    private static ToolParameter? Unfolded(ToolParameter member)
    {
        ToolParameter candidate = member is { Type: ParameterType.Array, Prefix: [], Item: { } item } ? item : member;
        bool unfolds = candidate is { Type: ParameterType.Object, Alternatives: [], Values: [], Conditions: [], Nullable: false }
            && member.Alternatives.IsEmpty && member.Conditions.IsEmpty
            && candidate.Properties.Concat(candidate.Others).Any(SignatureDescription.IsNeededIn);
        return unfolds ? candidate : null;
    }
}
