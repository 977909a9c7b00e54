using System.Text.Json.Nodes;

namespace Bridge.TestKit;

/// <summary>What a fake server does with one request.</summary>
public sealed record FakeAnswer
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>The body.</summary>
    public string Body { get; init; } = "{}";

    /// <summary>Headers beside the type.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Break the connection off after the body, so that the answer is never complete.</summary>
    public bool BreaksOff { get; init; }

    /// <summary>Say nothing until the client gives up.</summary>
    public bool Hangs { get; init; }

    /// <summary>An error in the shape of the OpenAI API.</summary>
    public static FakeAnswer OpenAiError(int status, string message, string? code = null, string? retryAfter = null) => new()
    {
        Status = status,
        Body = new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "error", ["code"] = code } }.ToJsonString(),
        Headers = retryAfter is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["Retry-After"] = retryAfter },
    };

    /// <summary>An error in the shape of Ollama.</summary>
    public static FakeAnswer OllamaError(int status, string message) =>
        new() { Status = status, Body = new JsonObject { ["error"] = message }.ToJsonString() };
}
