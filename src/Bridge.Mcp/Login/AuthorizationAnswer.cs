namespace Bridge.Mcp.Login;

/// <summary>What the browser brought back.</summary>
/// <param name="Code">The code; <see langword="null"/> when the person or the server refused.</param>
/// <param name="Issuer">Who says that it answered (RFC 9207).</param>
/// <param name="Error">Why there is no code.</param>
internal sealed record AuthorizationAnswer(string? Code, string? Issuer, string? Error)
{
    /// <inheritdoc/>
    public override string ToString() => Error ?? "(a code)";
}
