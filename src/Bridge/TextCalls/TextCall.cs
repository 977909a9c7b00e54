namespace Bridge.TextCalls;

/// <summary>A call that a model wrote as text.</summary>
/// <param name="Name">The tool's name as the model wrote it; one of the names that were offered.</param>
/// <param name="Arguments">The arguments as the model wrote them: UTF-8, supposedly a JSON object.</param>
/// <param name="Source">The text the call was read from, word for word.</param>
public sealed record TextCall(string Name, ReadOnlyMemory<byte> Arguments, string Source);
