using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>A limit on how long or how many: <c>minLength</c>, <c>maxItems</c>, <c>minProperties</c> and their like.</summary>
/// <param name="keyword">The keyword.</param>
/// <param name="kind">The type it speaks about.</param>
/// <param name="limit">The limit, itself allowed.</param>
internal sealed class SizeKeyword(string keyword, JsonKinds kind, int limit) : Keyword
{
    public string Name { get; } = keyword;

    /// <summary>Whether it bounds from below.</summary>
    public bool IsLower { get; } = keyword.StartsWith("min", StringComparison.Ordinal);

    /// <summary>The limit, itself allowed.</summary>
    public int Limit => limit;

    public override JsonKinds Kinds => kind;

    public override bool Check(in JsonElement instance, Evaluation run)
    {
        int size = kind switch
        {
            JsonKinds.String => JsonText.CodePoints(instance),
            JsonKinds.Array => instance.GetArrayLength(),
            _ => instance.GetPropertyCount(),
        };
        if (IsLower ? size >= limit : size <= limit)
        {
            return true;
        }

        if (run.Collects)
        {
            string unit = kind switch
            {
                JsonKinds.String => limit == 1 ? "character" : "characters",
                JsonKinds.Array => limit == 1 ? "item" : "items",
                _ => limit == 1 ? "member" : "members",
            };
            string rule = $"must have at {(IsLower ? "least" : "most")} {limit} {unit}";
            run.Report(Name, $"{rule}, but it has {size}", $"{rule}; got {size}");
        }

        return false;
    }
}
