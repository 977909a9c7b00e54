using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Policy;

/// <summary>What a policy decides about.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Identity">Who calls.</param>
/// <param name="Origin">Where the call comes from.</param>
/// <param name="Depth">How many calls deep it is nested; 0 for a call that a person or a client made.</param>
public sealed record PolicyRequest(Tool Tool, ClientIdentity Identity, CallOrigin Origin, int Depth)
{
    /// <summary>The tool caller that proposed the call, such as <c>ollama/qwen3:0.6b</c>; <see langword="null"/> when no model did.</summary>
    public string? Model { get; init; }

    /// <summary>The arguments as they will be sent, valid against the tool's schema; <see langword="null"/> before they are read.</summary>
    public JsonElement? Arguments { get; init; }
}
