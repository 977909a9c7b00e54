using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>The errors of the alternatives of <c>anyOf</c> or <c>oneOf</c>, of which the most helpful are reported.</summary>
/// <param name="keyword">The keyword.</param>
/// <param name="count">How many alternatives there are.</param>
internal sealed class FailedBranches(string keyword, int count)
{
    private readonly List<List<ValidationError>> _branches = new(count);

    /// <summary>The list for the next alternative's errors.</summary>
    public List<ValidationError> Next()
    {
        _branches.Add([]);
        return _branches[^1];
    }

    /// <summary>Reports what a value that fits no alternative most likely lacks.</summary>
    public void Report(JsonValue instance, Evaluation run)
    {
        if (run.IsExhausted || _branches.Exists(branch => branch.Count == 0))
        {
            return;
        }

        string here = run.CurrentPointer;
        List<ValidationError>? best = null;
        int candidates = 0;
        foreach (List<ValidationError> branch in _branches)
        {
            bool wrongKind = branch.Exists(error => error.Pointer == here && error.Keyword is "type" or "const" or "enum" or "false");
            candidates += wrongKind ? 0 : 1;
            if (!wrongKind && (best is null || branch.Count < best.Count))
            {
                best = branch;
            }
        }

        if (count == 1 || (best is null && _branches.Count(branch => branch.TrueForAll(IsNullType)) == count - 1))
        {
            // Everything but null has one form only: that form is what is meant.
            run.Adopt(best ?? _branches.Find(branch => !branch.TrueForAll(IsNullType)) ?? _branches[0], "");
        }
        else if (best is not null)
        {
            run.Adopt(best, candidates == 1 ? "" : $"the closest of the {count} alternatives of '{keyword}'");
        }
        else
        {
            string[] rules = [.. _branches.Select(branch => Rule(branch[0])).Distinct(StringComparer.Ordinal)];
            string text = string.Join(" or ", rules);
            run.Report(keyword, $"{text}, but it is {JsonKindNames.Describe(instance)}", $"{text}; got {JsonText.Compact(instance)}");
        }
    }

    private static bool IsNullType(ValidationError error) =>
        error.Keyword == "type" && error.Hint.Contains(" must be null;", StringComparison.Ordinal);

    /// <summary>The rule out of a hint: what stands between the name and what was got.</summary>
    private static string Rule(ValidationError error)
    {
        int start = error.Hint.IndexOf("` ", StringComparison.Ordinal);
        string rule = start < 0 ? error.Hint.Replace("the value ", "", StringComparison.Ordinal) : error.Hint[(start + 2)..];
        int end = rule.LastIndexOf("; got ", StringComparison.Ordinal);
        return end < 0 ? rule : rule[..end];
    }
}
