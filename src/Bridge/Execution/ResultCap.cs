using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Execution;

/// <summary>Cuts results that are larger than a prompt should carry, and says how much was cut.</summary>
internal static class ResultCap
{
    private const int MostBlocks = 1000;

    /// <summary>Cuts a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="most">The most bytes of content, and of structure, that are kept.</param>
    /// <returns>The same instance when it fits. Structure is kept whole or left out, never half.</returns>
    public static ToolResult Cut(ToolResult result, int most)
    {
        most = Math.Max(0, most);
        long size = result.Content.Sum(Size);
        int structure = result.Structured is { } structured ? JsonMarshal.GetRawUtf8Value(structured).Length : 0;
        int blocks = result.Content.Length;
        if (size <= most && structure <= most && blocks <= MostBlocks)
        {
            return result;
        }

        ImmutableArray<AIContent>.Builder content = ImmutableArray.CreateBuilder<AIContent>();
        ImmutableArray<AIContent> first = blocks <= MostBlocks ? result.Content : result.Content[..MostBlocks];
        if (size <= most)
        {
            content.AddRange(first);
        }
        else
        {
            CutContent(first, most, size, content);
        }

        if (blocks > MostBlocks)
        {
            content.Add(new TextContent($"[Cut by Bridge: the result has {blocks} blocks, of which the first {MostBlocks} are here.]"));
        }

        bool drop = structure > most;
        if (drop)
        {
            content.Add(new TextContent(
                $"[Cut by Bridge: the structured result is {structure} bytes long, more than the {most} that are kept, and was left out.]"));
        }

        return result with { Content = content.ToImmutable(), Structured = drop ? null : result.Structured };
    }

    private static void CutContent(
        ImmutableArray<AIContent> blocks, int most, long size, ImmutableArray<AIContent>.Builder content)
    {
        long left = most, missing = 0;
        foreach (AIContent block in blocks)
        {
            long needed = Size(block);
            if (needed <= left)
            {
                content.Add(block);
                left -= needed;
            }
            else if (block is TextContent text)
            {
                string kept = Prefix(text.Text, (int)left);
                missing += needed - Encoding.UTF8.GetByteCount(kept);
                left = 0;
                if (kept.Length > 0)
                {
                    content.Add(new TextContent(kept));
                }
            }
            else
            {
                missing += needed;
                content.Add(new TextContent($"[Cut by Bridge: a block of {needed} bytes ({Kind(block)}) was left out.]"));
            }
        }

        content.Add(new TextContent(
            $"[Cut by Bridge: the result is {size} bytes long, of which {most} are allowed; {missing} bytes were cut. Ask for less, or raise Bridge:Limits:MaxResultBytes.]"));
    }

    private static long Size(AIContent block) => block switch
    {
        TextContent text => Encoding.UTF8.GetByteCount(text.Text),
        DataContent data => data.Data.Length,
        _ => 0,
    };

    private static string Kind(AIContent block) => block is DataContent data ? data.MediaType : block.GetType().Name;

    /// <summary>The longest beginning that fits, never ending inside a character.</summary>
    private static string Prefix(string text, int bytes)
    {
        Span<byte> buffer = bytes <= 1024 ? stackalloc byte[bytes] : new byte[bytes];
        Utf8.FromUtf16(text, buffer, out int used, out _);
        return text[..used];
    }
}
