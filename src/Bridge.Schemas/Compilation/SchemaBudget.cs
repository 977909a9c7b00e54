namespace Bridge.Schemas.Compilation;

/// <summary>What a schema may cost. Real tools stay far below; a hostile schema is refused before it costs anything.</summary>
internal static class SchemaBudget
{
    /// <summary>The greatest size of a schema, in bytes of JSON.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The deepest nesting of subschemas.</summary>
    public const int MaxDepth = 64;

    /// <summary>The deepest nesting of the schema's JSON, values such as defaults included.</summary>
    public const int MaxTextDepth = 256;

    /// <summary>The greatest number of subschemas.</summary>
    public const int MaxNodes = 20_000;

    /// <summary>The greatest number of values in one <c>enum</c>.</summary>
    public const int MaxEnumValues = 10_000;

    /// <summary>The longest chain of references and combinations that apply to one value.</summary>
    public const int MaxChain = 200;

    /// <summary>The greatest least size: no call carries a list or a text of more.</summary>
    public const int MaxLeastSize = 1_000_000;

    /// <summary>The work one check may do before it is given up: schemas applied to values.</summary>
    public const int BaseSteps = 500_000;

    /// <summary>The further work allowed per byte of the value.</summary>
    public const int StepsPerByte = 8;

    /// <summary>The work one check of a value of some size may do.</summary>
    public static long StepsFor(int bytes) => BaseSteps + ((long)bytes * StepsPerByte);
}
