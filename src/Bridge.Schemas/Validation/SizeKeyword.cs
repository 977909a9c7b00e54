using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>A limit on how long or how many: <c>minLength</c>, <c>maxItems</c>, <c>minProperties</c> and their like.</summary>
/// <param name="keyword">The keyword.</param>
/// <param name="kind">The type it speaks about.</param>
/// <param name="limit">The limit, itself allowed.</param>
internal sealed class SizeKeyword(string keyword, JsonKinds kind, int limit) : Keyword(kind)
{
    private const int MaxBytesOfCharacter = 4;

    public string Name { get; } = keyword;

    /// <summary>Whether it bounds from below.</summary>
    public bool IsLower { get; } = keyword.StartsWith("min", StringComparison.Ordinal);

    /// <summary>The limit, itself allowed.</summary>
    public int Limit => limit;

    public override bool Check(JsonValue instance, Evaluation run)
    {
        if (Kinds == JsonKinds.String && IsPlain(instance.Text.Length))
        {
            return true;
        }

        int size = Kinds == JsonKinds.String ? JsonText.CodePoints(instance.Text) : instance.Count;
        if (IsLower ? size >= limit : size <= limit)
        {
            return true;
        }

        if (run.Collects)
        {
            string unit = Kinds switch
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

    /// <summary>Whether a string's bytes settle it: a character has one to four of them.</summary>
    private bool IsPlain(int bytes) => IsLower ? bytes / MaxBytesOfCharacter >= limit : bytes <= limit;
}
