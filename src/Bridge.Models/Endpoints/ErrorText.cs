using System.Text.Json;

namespace Bridge.Models.Endpoints;

/// <summary>What a server says in the body of an error: <c>{"error": "…"}</c>, <c>{"error": {"message": "…"}}</c> and their kin.</summary>
internal static class ErrorText
{
    public static string? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null; // a page of a proxy
        }
    }

    public static string? Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.String)
        {
            return root.GetString();
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (string key in (string[])["error", "message", "detail"])
        {
            if (root.TryGetProperty(key, out JsonElement inner) && Read(inner) is { } text)
            {
                return root.TryGetProperty("code", out JsonElement code) && code.ValueKind == JsonValueKind.String
                    ? $"{text} ({code.GetString()})"
                    : text;
            }
        }

        return null;
    }
}
