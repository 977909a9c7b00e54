namespace Bridge.Schemas.Compilation;

/// <summary>Which rules a schema follows.</summary>
/// <param name="IsDraft7">Whether it is draft-07, else 2020-12.</param>
/// <param name="IsDeclared">Whether it says so itself; if not, older spellings are understood too.</param>
/// <param name="Validates">Whether the vocabulary of validation applies; a custom meta-schema may leave it out.</param>
internal sealed record SchemaDialect(bool IsDraft7, bool IsDeclared, bool Validates)
{
    /// <summary>The dialect of a schema that names none.</summary>
    public static SchemaDialect Default { get; } = new(IsDraft7: false, IsDeclared: false, Validates: true);

    /// <summary>Whether <c>prefixItems</c> is known, which came with 2020-12.</summary>
    public bool HasPrefixItems { get; init; } = !IsDraft7;

    /// <summary>Whether <c>exclusiveMinimum</c> and its like may be flags beside the bound, as they were until draft-04.</summary>
    public bool HasFlagBounds { get; init; } = !IsDeclared;

    /// <summary>Whether a custom meta-schema takes the vocabulary by which <c>format</c> asserts.</summary>
    public bool AssertsFormat { get; init; }

    /// <summary>The dialect a meta-schema's URI stands for; <see langword="null"/> when it is not one of the standard's.</summary>
    public static SchemaDialect? Find(string uri) => uri.TrimEnd('#') switch
    {
        "https://json-schema.org/draft/2020-12/schema" => new SchemaDialect(IsDraft7: false, IsDeclared: true, Validates: true),

        // Between the two: the newer keywords, with tuples in the older spelling only.
        "https://json-schema.org/draft/2019-09/schema" => Default with { HasPrefixItems = false },
        "http://json-schema.org/draft-07/schema" or "http://json-schema.org/draft-06/schema" or "https://json-schema.org/draft-07/schema"
            => new SchemaDialect(IsDraft7: true, IsDeclared: true, Validates: true),
        "http://json-schema.org/draft-04/schema" => new SchemaDialect(IsDraft7: true, IsDeclared: true, Validates: true) { HasFlagBounds = true },
        _ => null,
    };
}
