using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>A compiled schema or subschema. Nodes form a graph: references make circles.</summary>
/// <param name="source">The schema it was compiled from.</param>
/// <param name="pointer">Where it stands in its document.</param>
internal sealed class SchemaNode(JsonElement source, string pointer)
{
    /// <summary>The schema it was compiled from.</summary>
    public JsonElement Source { get; } = source;

    /// <summary>Where it stands in its document, as a JSON Pointer.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>What is checked, in the order errors are reported; set once, by the compiler.</summary>
    public Keyword[] Keywords { get; set; } = [];

    /// <summary>The names of dynamic anchors around it; <see langword="null"/> where no schema refers dynamically.</summary>
    public DynamicAnchors? Anchors { get; set; }

    /// <summary>Whether a keyword asks which parts of a value its siblings have looked at.</summary>
    public bool TracksEvaluated { get; set; }

    /// <summary>Whether it is the schema <c>false</c>.</summary>
    public bool IsFalse { get; } = source.ValueKind == JsonValueKind.False;

    /// <summary>The keyword of a type; <see langword="null"/> when the schema has none.</summary>
    public T? Find<T>()
        where T : Keyword
    {
        foreach (Keyword keyword in Keywords)
        {
            if (keyword is T found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Checks the value the surrounding schema checks, or the root.</summary>
    public bool Check(JsonValue instance, Evaluation run)
    {
        if (!run.Enter(Anchors))
        {
            return false;
        }

        bool valid = TracksEvaluated ? CheckTracking(instance, run) : CheckKeywords(instance, run);
        run.Leave(Anchors);
        return valid;
    }

    /// <summary>Checks a part of the value the surrounding schema checks.</summary>
    public bool CheckPart(JsonValue part, Evaluation run)
    {
        if (run.Evaluated is not { } outer)
        {
            return Check(part, run);
        }

        run.Evaluated = null;
        bool valid = Check(part, run);
        run.Evaluated = outer;
        return valid;
    }

    private bool CheckTracking(JsonValue instance, Evaluation run)
    {
        EvaluatedParts? outer = run.Evaluated;
        run.Evaluated = EvaluatedParts.For(instance);
        bool valid = CheckKeywords(instance, run);
        outer?.Merge(run.Evaluated);
        run.Evaluated = outer;
        return valid;
    }

    private bool CheckKeywords(JsonValue instance, Evaluation run)
    {
        if (IsFalse)
        {
            run.Report("false", "is not allowed here", "is not allowed");
            return false;
        }

        bool valid = true;
        JsonKinds kind = JsonKindNames.KindOf(instance.Kind);
        foreach (Keyword keyword in Keywords)
        {
            if ((keyword.Kinds & kind) != 0 && !keyword.Check(instance, run))
            {
                valid = false;
                if (!run.Collects)
                {
                    break;
                }
            }
        }

        return valid;
    }
}
