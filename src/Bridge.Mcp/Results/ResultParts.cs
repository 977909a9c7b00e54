using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Mcp.Results;

/// <summary>A kept result as a row of parts, texts and data, that is read from an offset on. Immutable.</summary>
internal sealed class ResultParts
{
    private readonly ImmutableArray<Part> _parts;

    private ResultParts(ImmutableArray<Part> parts)
    {
        _parts = parts;
        Bytes = parts.Sum(part => part.Text is { } text ? 2L * text.Length : part.Data.Length);
    }

    /// <summary>What it takes in memory.</summary>
    public long Bytes { get; }

    /// <summary>Takes a result apart.</summary>
    /// <param name="result">The result.</param>
    /// <returns>Its texts, its data, and its structure at the end.</returns>
    public static ResultParts Of(ToolResult result)
    {
        IEnumerable<Part> content = result.Content.Select(block => block switch
        {
            DataContent data => new Part(data.MediaType, null, data.Data),
            TextContent text => new Part("text/plain", text.Text, default),
            UriContent link => new Part("text/plain", $"[{link.MediaType}: {link.Uri}]", default),
            _ => new Part("text/plain", $"[{block.GetType().Name}]", default),
        });
        IEnumerable<Part> structure = result.Structured is { } given ? [new Part("application/json", given.GetRawText(), default)] : [];
        return new ResultParts([.. content, .. structure]);
    }

    /// <summary>Reads on from an offset.</summary>
    /// <param name="uri">The address of the whole.</param>
    /// <param name="offset">How many characters of texts and bytes of data come before.</param>
    /// <param name="most">The most that one reading gives; data is given whole.</param>
    /// <returns>The answer to <c>resources/read</c>; what is left has an address of its own, which is said at the end and in <c>_meta</c>.</returns>
    public JsonObject Read(string uri, long offset, int most)
    {
        var contents = new JsonArray();
        long at = 0, left = most;
        foreach (Part part in _parts)
        {
            long skip = Math.Clamp(offset - at, 0, part.Length);
            at += skip;
            if (skip == part.Length && at <= offset)
            {
                continue;
            }

            long take = part.Text is null ? part.Length : Whole(part.Text, (int)skip, Math.Min(left, part.Length - skip));
            if (left <= 0 || take == 0 || (part.Text is null && take > left && contents.Count > 0))
            {
                break;
            }

            contents.Add(part.Write(uri, (int)skip, (int)take));
            at += take;
            left -= take;
            if (skip + take < part.Length)
            {
                break;
            }
        }

        var answer = new JsonObject { ["contents"] = contents };
        if (at < _parts.Sum(part => part.Length))
        {
            string next = string.Create(CultureInfo.InvariantCulture, $"{uri}?offset={at}");
            contents.Add(new JsonObject { ["uri"] = next, ["mimeType"] = "text/plain", ["text"] = $"[Kept by Bridge: there is more; read {next}]" });
            answer["_meta"] = new JsonObject { [BridgeMeta.Next] = next };
        }

        return answer;
    }

    // Never half of a character.
    private static long Whole(string text, int from, long count)
    {
        int end = from + (int)count;
        return end > from && end < text.Length && char.IsHighSurrogate(text[end - 1]) ? count - 1 : count;
    }

    private sealed record Part(string MediaType, string? Text, ReadOnlyMemory<byte> Data)
    {
        public long Length => Text?.Length ?? Data.Length;

        public JsonObject Write(string uri, int from, int count) => Text is { } text
            ? new JsonObject { ["uri"] = uri, ["mimeType"] = MediaType, ["text"] = text.Substring(from, count) }
            : new JsonObject { ["uri"] = uri, ["mimeType"] = MediaType, ["blob"] = Convert.ToBase64String(Data.Span) };
    }
}
