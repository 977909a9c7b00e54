using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Tools;

namespace Bridge.Mcp.Listing;

/// <summary>A list, written once: each page is the result of a request, ready to be sent to any client. Immutable.</summary>
internal sealed class ListPages
{
    private readonly ImmutableArray<JsonObject> _pages;

    private ListPages(string version, ImmutableArray<JsonObject> pages) => (Version, _pages) = (version, pages);

    /// <summary>How long it holds; <see langword="null"/> until a server tells of a change.</summary>
    public Freshness? Freshness { get; private init; }

    /// <summary>A text that changes whenever the content does.</summary>
    public string Version { get; }

    /// <summary>Writes a list.</summary>
    /// <param name="member">What the entries are called in the result.</param>
    /// <param name="entries">The entries, each one JSON object.</param>
    /// <param name="size">How many entries a page holds.</param>
    /// <param name="freshness">How long it holds.</param>
    /// <param name="beside">What the version tells of beside the entries.</param>
    /// <returns>The pages; one empty page for no entries.</returns>
    public static ListPages Write(string member, IReadOnlyList<ReadOnlyMemory<byte>> entries, int size, Freshness? freshness = null, string beside = "")
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> entry in entries)
        {
            hash.AppendData(entry.Span);
            hash.AppendData("\n"u8);
        }

        hash.AppendData(Encoding.UTF8.GetBytes(beside));
        string version = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
        var pages = ImmutableArray.CreateBuilder<JsonObject>();
        for (int start = 0; start == 0 || start < entries.Count; start += size)
        {
            int end = Math.Min(start + size, entries.Count);
            pages.Add(WritePage(member, entries, start, end, end < entries.Count ? Cursor(version, pages.Count + 1) : null));
        }

        return new ListPages(version, pages.ToImmutable()) { Freshness = freshness };
    }

    /// <summary>One page.</summary>
    /// <param name="cursor">What the page before ended with; <see langword="null"/> for the first.</param>
    /// <returns>The result of the request. It is shared: nobody may change it.</returns>
    /// <exception cref="RpcException">The cursor is not one of this list.</exception>
    public JsonObject Page(string? cursor)
    {
        if (cursor is null)
        {
            return _pages[0];
        }

        for (int page = 1; page < _pages.Length; page++)
        {
            if (cursor == Cursor(Version, page))
            {
                return _pages[page];
            }
        }

        throw new RpcException(RpcCodes.InvalidParams, "The cursor is not one of this list, or the list has changed since: begin again without a cursor.");
    }

    private static JsonObject WritePage(string member, IReadOnlyList<ReadOnlyMemory<byte>> entries, int start, int end, string? next)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray(member);
            for (int i = start; i < end; i++)
            {
                writer.WriteRawValue(entries[i].Span, skipInputValidation: true);
            }

            writer.WriteEndArray();
            if (next is not null)
            {
                writer.WriteString("nextCursor", next);
            }

            writer.WriteEndObject();
        }

        return JsonObject.Create(JsonElement.Parse(buffer.WrittenSpan))!;
    }

    private static string Cursor(string version, int page) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{version}:{page}")));
}
