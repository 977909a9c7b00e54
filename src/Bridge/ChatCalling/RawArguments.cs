namespace Bridge.ChatCalling;

/// <summary>The arguments of a call exactly as a model wrote them: the raw representation of a function call's content.</summary>
/// <remarks>A chat client that sets it lets Bridge judge what the model wrote, not what a parser made of it.</remarks>
/// <param name="Json">Supposedly a JSON object.</param>
public sealed record RawArguments(string Json);
