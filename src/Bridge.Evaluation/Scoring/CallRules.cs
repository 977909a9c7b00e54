using System.Text.Json;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;

namespace Bridge.Evaluation.Scoring;

/// <summary>Whether the calls for a record are right, by the published rules.</summary>
public static class CallRules
{
    /// <summary>Says what is wrong with the calls for a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="prediction">The calls.</param>
    /// <returns>
    /// <see langword="null"/> for right calls; else the first thing found wrong, such as <c>wrong_name</c> or <c>value:city</c>:
    /// a word, and the parameter where it is about one.
    /// </returns>
    public static string? Mistake(EvalRecord record, Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(prediction);
        bool called = prediction.Calls.Length > 0 && !prediction.Invalid;
        return record.Check switch
        {
            EvalCheck.NoCall => called ? "called" : null,
            EvalCheck.AnyCall => called ? null : "no_call",
            _ when prediction.Invalid => "undecodable",
            EvalCheck.Calls => MistakeInCalls(record, prediction),
            _ => MistakeInTools(record, prediction),
        };
    }

    private static string? MistakeInTools(EvalRecord record, Prediction prediction)
    {
        HashSet<string?> called = [.. prediction.Calls.Select(call => call.Name)];
        HashSet<string?> expected = [.. record.Expected.Select(call => call.Name)];
        return called.Count == 0 ? "no_call"
            : !called.IsSubsetOf(expected) ? "wrong_name"
            : record.Check == EvalCheck.Tools && called.Count < expected.Count ? $"count {called.Count}!={expected.Count}"
            : null;
    }

    private static string? MistakeInCalls(EvalRecord record, Prediction prediction)
    {
        if (prediction.Calls.Length != record.Expected.Length)
        {
            return $"count {prediction.Calls.Length}!={record.Expected.Length}";
        }

        // In any order: each expected call takes the first unused one that fits.
        List<PredictedCall> left = [.. prediction.Calls];
        foreach (ExpectedCall expected in record.Expected)
        {
            string? mistake = null;
            int found = left.FindIndex(call => (mistake = MistakeInCall(call, expected, record.Declared[expected.Name])) is null);
            if (found < 0)
            {
                return mistake;
            }

            left.RemoveAt(found);
        }

        return null;
    }

    private static string? MistakeInCall(PredictedCall call, ExpectedCall expected, DeclaredTool declared)
    {
        if (call.Name != expected.Name)
        {
            return "wrong_name";
        }

        if (call.Arguments.ValueKind != JsonValueKind.Object)
        {
            return "arguments_not_object";
        }

        IReadOnlyDictionary<string, PythonValue> arguments = PythonValue.Of(call.Arguments).Members;
        if (declared.Required.FirstOrDefault(name => !arguments.ContainsKey(name)) is { } required)
        {
            return $"missing_required:{required}";
        }

        Dictionary<string, PythonValue[]> accepted = new(StringComparer.Ordinal);
        foreach (ExpectedArgument argument in expected.Arguments)
        {
            accepted[argument.Name] = [.. argument.Accepted.Select(PythonValue.Of)];
        }

        foreach ((string name, PythonValue value) in arguments)
        {
            if (!declared.Types.TryGetValue(name, out DeclaredType? type) || !accepted.TryGetValue(name, out PythonValue[]? values))
            {
                return $"unexpected:{name}";
            }

            if (ValueRules.Mistake(value, values, type) is { } mistake)
            {
                return $"{mistake}:{name}";
            }
        }

        return accepted
            .Where(argument => !arguments.ContainsKey(argument.Key) && !argument.Value.Any(value => value.IsOmission))
            .Select(argument => $"missing_optional:{argument.Key}")
            .FirstOrDefault();
    }
}
