using System.Text.Json;

namespace Bridge.Tests.Embedded;

/// <summary>Scores calls by the published rules of the Berkeley Function-Calling Leaderboard's syntax check.</summary>
internal static class BfclScorer
{
    /// <summary>Why the calls of a record are wrong; null when they are right.</summary>
    public static string? Mistake(BfclRecord record, IReadOnlyList<(string Name, JsonElement Arguments)> calls)
    {
        switch (record.Check)
        {
            case "no_call":
                return calls.Count == 0 ? null : "called";
            case "any_call":
                return calls.Count > 0 ? null : "no call";
            default:
                return MistakeInCalls(record, calls);
        }
    }

    private static string? MistakeInCalls(BfclRecord record, IReadOnlyList<(string Name, JsonElement Arguments)> calls)
    {
        if (calls.Count != record.Expected.GetArrayLength())
        {
            return calls.Count == 0 ? "no call" : $"count {calls.Count}";
        }

        List<(string Name, JsonElement Arguments)> left = [.. calls];
        foreach (JsonElement expected in record.Expected.EnumerateArray())
        {
            string? mistake = null;
            int found = left.FindIndex(call => (mistake = MistakeInCall(record, expected, call)) is null);
            if (found < 0)
            {
                return mistake;
            }

            left.RemoveAt(found);
        }

        return null;
    }

    private static string? MistakeInCall(BfclRecord record, JsonElement expected, (string Name, JsonElement Arguments) call)
    {
        string name = expected.GetProperty("name").GetString()!;
        if (call.Name != name)
        {
            return "tool";
        }

        JsonElement allowed = expected.GetProperty("arguments");
        JsonElement info = record.Types.GetProperty(name);
        JsonElement types = info.GetProperty("types");
        foreach (JsonElement required in info.GetProperty("required").EnumerateArray())
        {
            if (!call.Arguments.TryGetProperty(required.GetString()!, out _))
            {
                return $"missing {required}";
            }
        }

        foreach (JsonProperty argument in call.Arguments.EnumerateObject())
        {
            if (!types.TryGetProperty(argument.Name, out JsonElement type) || !allowed.TryGetProperty(argument.Name, out JsonElement values))
            {
                return $"unexpected {argument.Name}";
            }

            if (!IsAccepted(argument.Value, [.. values.EnumerateArray()], type[0].GetString()!, type[1].GetString()))
            {
                return $"value {argument.Name}";
            }
        }

        return allowed.EnumerateObject()
            .Where(argument => !call.Arguments.TryGetProperty(argument.Name, out _) && !argument.Value.EnumerateArray().Any(IsOmission))
            .Select(argument => $"missing {argument.Name}")
            .FirstOrDefault();
    }

    private static bool IsAccepted(JsonElement value, List<JsonElement> allowed, string declared, string? itemDeclared)
    {
        string want = TypeOf(declared);
        string actual = want == "float" && KindOf(value) == "int" ? "float" : KindOf(value);
        string? answer = allowed.Where(item => !IsOmission(item)).Select(KindOf).FirstOrDefault();
        bool asIs = answer is not null && answer != want;
        if (actual != want && actual != answer)
        {
            return false;
        }

        if (actual != want || asIs)
        {
            return allowed.Exists(item => IsSame(value, item, loose: false));
        }

        if (want == "list" && itemDeclared is not null && value.EnumerateArray().Any(item => !FitsItem(item, itemDeclared, allowed)))
        {
            return false;
        }

        return want == "dict" ? allowed.Exists(item => item.ValueKind == JsonValueKind.Object && MatchesMembers(value, item))
            : want == "list" && itemDeclared == "dict" ? allowed.Exists(item => MatchesAll(value, item))
            : allowed.Exists(item => IsSame(value, item, loose: want is "str" or "list"));
    }

    private static bool FitsItem(JsonElement item, string declared, List<JsonElement> allowed)
    {
        string want = TypeOf(declared);
        return KindOf(item) == want
            || allowed.Where(list => list.ValueKind == JsonValueKind.Array).SelectMany(list => list.EnumerateArray()).Any(other => KindOf(other) == KindOf(item));
    }

    private static bool MatchesAll(JsonElement value, JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == value.GetArrayLength()
        && value.EnumerateArray().Zip(list.EnumerateArray()).All(pair =>
            pair.First.ValueKind == JsonValueKind.Object && pair.Second.ValueKind == JsonValueKind.Object && MatchesMembers(pair.First, pair.Second));

    private static bool MatchesMembers(JsonElement value, JsonElement reference) =>
        value.EnumerateObject().All(member =>
            reference.TryGetProperty(member.Name, out JsonElement allowed) && allowed.EnumerateArray().Any(item => IsSame(member.Value, item, loose: true)))
        && reference.EnumerateObject().All(member => value.TryGetProperty(member.Name, out _) || member.Value.EnumerateArray().Any(IsOmission));

    private static bool IsSame(JsonElement one, JsonElement other, bool loose)
    {
        if (one.ValueKind == JsonValueKind.Array && other.ValueKind == JsonValueKind.Array)
        {
            return one.GetArrayLength() == other.GetArrayLength() && one.EnumerateArray().Zip(other.EnumerateArray()).All(pair => IsSame(pair.First, pair.Second, loose));
        }

        bool texts = one.ValueKind == JsonValueKind.String && other.ValueKind == JsonValueKind.String;
        return texts && loose ? Normalize(one.GetString()!) == Normalize(other.GetString()!) : JsonElement.DeepEquals(one, other);
    }

    private static string Normalize(string text) =>
        new string([.. text.Where(character => !" ,./-_*^".Contains(character, StringComparison.Ordinal))]).ToLowerInvariant().Replace('\'', '"');

    private static bool IsOmission(JsonElement item) => item.ValueKind == JsonValueKind.String && item.GetString() == "";

    private static string TypeOf(string declared) => declared switch
    {
        "integer" => "int",
        "float" => "float",
        "boolean" => "bool",
        "array" or "tuple" => "list",
        "dict" => "dict",
        _ => "str",
    };

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "str",
        JsonValueKind.Number => value.GetRawText().AsSpan().IndexOfAny(".eE") >= 0 ? "float" : "int",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "dict",
        _ => "null",
    };
}
