using System.Text.Json;

namespace Bridge.TestKit;

/// <summary>A request that a fake server received.</summary>
/// <param name="Path">The path, such as <c>/api/chat</c>.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body; undefined when there was none.</param>
public sealed record FakeRequest(string Path, IReadOnlyDictionary<string, string> Headers, JsonElement Body);
