namespace Bridge.Llama.Templates;

/// <summary>What two calls in a row have in common.</summary>
/// <param name="Opening">What stands before the first.</param>
/// <param name="Call">What each has, with marks.</param>
/// <param name="Numbers">The numbers of the first, in the order of their marks.</param>
/// <param name="Separator">What stands between them.</param>
/// <param name="Closing">What stands after the last.</param>
internal sealed record CallAlignment(string Opening, string Call, IReadOnlyList<int> Numbers, string Separator, string Closing);
