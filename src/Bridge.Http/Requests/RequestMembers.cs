using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Http.Errors;

namespace Bridge.Http.Requests;

/// <summary>The members of a request, each taken once; what nobody took is refused, so that no wish is dropped in silence.</summary>
internal sealed class RequestMembers(JsonElement root)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Takes a member; <see langword="null"/> when it is absent or <c>null</c>.</summary>
    public JsonElement? Take(string name)
    {
        _known.Add(name);
        return root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public JsonElement Require(string name) => Take(name) ?? throw Refuse(name, "is missing.");

    public string? TakeString(string name) => Take(name) is { } value ? Text(name, value) : null;

    public bool? TakeBoolean(string name) => Take(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Refuse(name, "must be true or false."),
    };

    public int? TakeInteger(string name, int min, int max)
    {
        JsonElement? value = Take(name);
        return value is null ? null
            : value.Value.ValueKind == JsonValueKind.Number && value.Value.TryGetInt32(out int number) && number >= min && number <= max ? number
            : throw Refuse(name, $"must be an integer from {min} to {max}.");
    }

    public double? TakeNumber(string name, double min, double max)
    {
        JsonElement? value = Take(name);
        return value is null ? null
            : value.Value.ValueKind == JsonValueKind.Number && value.Value.TryGetDouble(out double number) && number >= min && number <= max ? number
            : throw Refuse(name, FormattableString.Invariant($"must be a number from {min} to {max}."));
    }

    public ImmutableArray<string> TakeStrings(string name) => Take(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select((item, index) => Text($"{name}[{index}]", item))],
        _ => throw Refuse(name, "must be an array of strings."),
    };

    /// <summary>Refuses members that Bridge knows and does not serve.</summary>
    public void RefuseUnserved(string name, string why)
    {
        if (Take(name) is not null)
        {
            throw Refuse(name, why);
        }
    }

    /// <summary>Takes members that say nothing Bridge could act on.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            _known.Add(name);
        }
    }

    /// <summary>Refuses the members that nobody took.</summary>
    public void RefuseOthers()
    {
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (!_known.Contains(member.Name))
            {
                string allowed = _known.Count == 0 ? "no member is allowed" : $"allowed are '{string.Join("', '", _known.Order(StringComparer.Ordinal))}'";
                throw Refuse(member.Name, $"is not known here; {allowed}.");
            }
        }
    }

    public static ApiErrorException Refuse(string name, string problem) => new(ApiError.Invalid(name, problem));

    private static string Text(string name, JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Refuse(name, "must be a string.");
        }
        catch (InvalidOperationException)
        {
            throw Refuse(name, "is not valid Unicode: it holds half of a surrogate pair.");
        }
    }
}
