namespace Bridge.Mcp.Pipes;

/// <summary>An MCP server over HTTP that a relay carries messages to.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Http">Speaks to it, with the right headers; the relay's from now on.</param>
public sealed record RelayTarget(Uri Url, HttpClient Http);
