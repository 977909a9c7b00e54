using Bridge.Tools;

namespace Bridge.Policy;

/// <summary>What a policy decides about.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Identity">Who calls.</param>
/// <param name="Origin">Where the call comes from.</param>
/// <param name="Depth">How many calls deep it is nested; 0 for a call that a person or a client made.</param>
public sealed record PolicyRequest(Tool Tool, ClientIdentity Identity, CallOrigin Origin, int Depth);
