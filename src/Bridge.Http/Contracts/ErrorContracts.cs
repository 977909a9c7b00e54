using System.Text.Json.Serialization;

namespace Bridge.Http.Contracts;

/// <summary>An error in OpenAI's form.</summary>
/// <param name="Error">The error.</param>
public sealed record OpenAiErrorContract(OpenAiErrorDetail Error);

/// <summary>What is inside an error in OpenAI's form.</summary>
/// <param name="Message">A sentence for people.</param>
/// <param name="Type">The class of error, such as <c>invalid_request_error</c>.</param>
/// <param name="Param">The request's member at fault; <see langword="null"/> when it is none.</param>
/// <param name="Code">The kind, stable.</param>
public sealed record OpenAiErrorDetail(
    string Message,
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param,
    string Code);

/// <summary>An error as RFC 9457 problem details.</summary>
/// <param name="Type">A reference to the kind, stable: <c>urn:bridge:error:CODE</c>.</param>
/// <param name="Title">The HTTP status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="Code">The kind, stable.</param>
/// <param name="RequestId">The id to look for in the log.</param>
public sealed record ProblemContract(string Type, string Title, int Status, string Detail, string Code, string RequestId)
{
    /// <summary>The request's member at fault; absent when it is none.</summary>
    public string? Param { get; init; }
}

/// <summary>The answer of <c>/healthz</c> and <c>/readyz</c>.</summary>
/// <param name="Status">The state, one word.</param>
public sealed record HealthContract(string Status);
