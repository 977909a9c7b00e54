using Bridge.Redaction;

namespace Bridge.Policy;

/// <summary>What becomes of results and records, as configured.</summary>
/// <param name="Redactor">Knows secrets.</param>
/// <param name="RedactsResults">Whether it looks at results too.</param>
internal sealed record ResultRules(SecretRedactor Redactor, bool RedactsResults);
