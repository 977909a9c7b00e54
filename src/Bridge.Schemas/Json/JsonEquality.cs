using System.Text.Json;

namespace Bridge.Schemas.Json;

/// <summary>Equality as JSON Schema means it: <c>1</c> equals <c>1.0</c>, and the order of members does not matter.</summary>
internal sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    /// <summary>The only instance.</summary>
    public static JsonEquality Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(JsonElement x, JsonElement y) => x.ValueKind == y.ValueKind && x.ValueKind switch
    {
        JsonValueKind.Number => ExactNumber.Of(x).Equals(ExactNumber.Of(y)),
        JsonValueKind.Array or JsonValueKind.Object => JsonElement.DeepEquals(x, y),
        JsonValueKind.String => y.ValueEquals(x.GetString()),
        _ => true,
    };

    /// <inheritdoc/>
    public int GetHashCode(JsonElement obj)
    {
        switch (obj.ValueKind)
        {
            case JsonValueKind.Number:
                return ExactNumber.Of(obj).GetHashCode();
            case JsonValueKind.String:
                return obj.GetString()!.GetHashCode(StringComparison.Ordinal);
            case JsonValueKind.Array:
                var items = default(HashCode);
                foreach (JsonElement item in obj.EnumerateArray())
                {
                    items.Add(GetHashCode(item));
                }

                return items.ToHashCode();
            case JsonValueKind.Object:
                int members = 0;
                foreach (JsonProperty member in obj.EnumerateObject())
                {
                    members += HashCode.Combine(member.Name.GetHashCode(StringComparison.Ordinal), GetHashCode(member.Value));
                }

                return members;
            default:
                return (int)obj.ValueKind;
        }
    }
}
