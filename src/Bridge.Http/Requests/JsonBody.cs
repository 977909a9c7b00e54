using System.Text.Json;
using System.Text.Unicode;
using Bridge.Http.Errors;
using Microsoft.AspNetCore.Http;

namespace Bridge.Http.Requests;

/// <summary>Reads the body of a request strictly: one JSON object, valid UTF-8, no duplicate keys, bounded depth.</summary>
internal static class JsonBody
{
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    public static async Task<RequestMembers> ReadAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false);
        ReadOnlyMemory<byte> utf8 = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (!Utf8.IsValid(utf8.Span))
        {
            throw Refuse("is not valid UTF-8.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, s_strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new RequestMembers(document.RootElement.Clone())
                : throw Refuse("must be a JSON object.");
        }
        catch (JsonException error)
        {
            throw Refuse($"is not strict JSON: {error.Message}", error);
        }
    }

    private static ApiErrorException Refuse(string problem, Exception? inner = null) =>
        new(new ApiError(StatusCodes.Status400BadRequest, "invalid_json", $"The body {problem}"), inner);
}
