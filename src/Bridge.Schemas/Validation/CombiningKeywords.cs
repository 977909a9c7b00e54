using System.Collections.Immutable;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary><c>allOf</c>.</summary>
/// <param name="parts">The schemas that must all hold.</param>
internal sealed class AllOfKeyword(ImmutableArray<SchemaNode> parts) : Keyword
{
    public override ReadOnlySpan<SchemaNode> InPlace => parts.AsSpan();

    public override bool Check(JsonValue instance, Evaluation run)
    {
        bool valid = true;
        foreach (SchemaNode part in parts)
        {
            if (!part.Check(instance, run))
            {
                valid = false;
                if (!run.Collects)
                {
                    return false;
                }
            }
        }

        return valid;
    }
}

/// <summary><c>anyOf</c>.</summary>
/// <param name="branches">The schemas of which one must hold.</param>
internal sealed class AnyOfKeyword(ImmutableArray<SchemaNode> branches) : Keyword
{
    public override ReadOnlySpan<SchemaNode> InPlace => branches.AsSpan();

    public override bool Check(JsonValue instance, Evaluation run)
    {
        var failures = run.Collects ? new FailedBranches("anyOf", branches.Length) : null;
        bool valid = false;
        foreach (SchemaNode branch in branches)
        {
            if (run.CheckBranch(branch, instance, failures?.Next()))
            {
                // The others matter only where someone asks what they looked at.
                valid = true;
                if (run.Evaluated is null)
                {
                    break;
                }
            }
        }

        if (!valid)
        {
            failures?.Report(instance, run);
        }

        return valid;
    }
}

/// <summary><c>oneOf</c>.</summary>
/// <param name="branches">The schemas of which exactly one must hold.</param>
internal sealed class OneOfKeyword(ImmutableArray<SchemaNode> branches) : Keyword
{
    public override ReadOnlySpan<SchemaNode> InPlace => branches.AsSpan();

    public override bool Check(JsonValue instance, Evaluation run)
    {
        var failures = run.Collects ? new FailedBranches("oneOf", branches.Length) : null;
        int first = -1;
        for (int i = 0; i < branches.Length; i++)
        {
            if (!run.CheckBranch(branches[i], instance, failures?.Next()))
            {
                continue;
            }

            if (first >= 0)
            {
                run.Report(
                    "oneOf", $"must fit exactly one of {branches.Length} alternatives, but it fits the {first + 1}. and the {i + 1}.",
                    $"fits several of {branches.Length} alternatives; make it fit one");
                return false;
            }

            first = i;
        }

        if (first < 0)
        {
            failures?.Report(instance, run);
        }

        return first >= 0;
    }
}

/// <summary><c>not</c>.</summary>
/// <param name="node">The schema that must not hold.</param>
internal sealed class NotKeyword(SchemaNode node) : Keyword
{
    private readonly SchemaNode[] _inPlace = [node];

    public override ReadOnlySpan<SchemaNode> InPlace => _inPlace;

    public override bool Check(JsonValue instance, Evaluation run)
    {
        EvaluatedParts? outer = run.Evaluated;
        run.Evaluated = null;
        bool holds = run.Probe(node, instance);
        run.Evaluated = outer;
        if (holds)
        {
            run.Report("not", "fits a schema that it must not fit", "has a form that is forbidden");
        }

        return !holds;
    }
}

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
/// <param name="condition">The condition.</param>
/// <param name="then">What must hold if it does.</param>
/// <param name="otherwise">What must hold if it does not.</param>
internal sealed class ConditionalKeyword(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : Keyword
{
    private readonly SchemaNode[] _inPlace = [.. new[] { condition, then, otherwise }.OfType<SchemaNode>()];

    public override ReadOnlySpan<SchemaNode> InPlace => _inPlace;

    public override bool Check(JsonValue instance, Evaluation run)
    {
        EvaluatedParts? outer = run.Evaluated;
        run.Evaluated = outer?.Fresh();
        bool holds = run.Probe(condition, instance);
        if (holds)
        {
            outer?.Merge(run.Evaluated);
        }

        run.Evaluated = outer;
        return (holds ? then : otherwise)?.Check(instance, run) ?? true;
    }
}
