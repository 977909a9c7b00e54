using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Automata;

namespace Bridge.Llama.Templates;

/// <summary>A text of calls in which a mark stands for each name, arguments and id.</summary>
internal sealed class MarkedCalls
{
    // From the part of Unicode that is nobody's.
    private const char Name = '\uE000';
    private const char Arguments = '\uE001';
    private const char Id = '\uE002';
    private const char Number = '\uE003';

    private MarkedCalls(string text) => Text = text;

    public string Text { get; }

    private int Start => Text.AsSpan().IndexOfAny(Name, Arguments);

    private int End => Text.AsSpan().LastIndexOfAny(Name, Arguments) + 1;

    /// <summary>Marks a text; <see langword="null"/> where names or arguments are not found, as where arguments are not JSON.</summary>
    /// <param name="text">The text.</param>
    /// <param name="style">How the arguments are set.</param>
    public static MarkedCalls? Mark(string text, out JsonStyle style)
    {
        style = JsonStyle.Spaced;
        string marked = text;
        foreach (string arguments in (string[])[TemplateProbe.FirstArguments, TemplateProbe.SecondArguments])
        {
            if (Find(marked, arguments) is not { } place)
            {
                continue;
            }

            style = marked[place].Contains("\":\"", StringComparison.Ordinal) ? JsonStyle.Compact : JsonStyle.Spaced;
            marked = string.Concat(marked.AsSpan(0, place.Start.Value), [Arguments], marked.AsSpan(place.End.Value));
        }

        return MarkNames(marked);
    }

    /// <summary>Marks a text in which arguments stand as they are known; <see langword="null"/> where names or arguments are not found.</summary>
    /// <param name="text">The text.</param>
    /// <param name="arguments">The texts of arguments.</param>
    public static MarkedCalls? Mark(string text, params IEnumerable<string> arguments) =>
        MarkNames(arguments.Aggregate(text, (marked, known) => marked.Replace(known, $"{Arguments}", StringComparison.Ordinal)));

    /// <summary>The pieces of a marked text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="numbers">What the marks of numbers stand for.</param>
    public static ImmutableArray<CallPiece> Pieces(string text, IReadOnlyList<int> numbers)
    {
        var pieces = ImmutableArray.CreateBuilder<CallPiece>();
        int from = 0;
        int number = 0;
        for (int at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] is < Name or > Number)
            {
                continue;
            }

            if (at > from)
            {
                pieces.Add(new CallPiece.Literal(text[from..at]));
            }

            if (at < text.Length)
            {
                pieces.Add(text[at] switch
                {
                    Name => new CallPiece.ToolName(),
                    Arguments => new CallPiece.Arguments(),
                    Id => new CallPiece.Id(),
                    _ => new CallPiece.Number(numbers[number++]),
                });
            }

            from = at + 1;
        }

        return pieces.DrainToImmutable();
    }

    /// <summary>Finds what two calls have in common, with the help of a text of one.</summary>
    public bool TryAlign(MarkedCalls single, [NotNullWhen(true)] out CallAlignment? aligned)
    {
        aligned = null;
        string head = single.Text[..single.Start];
        string core = single.Text[single.Start..single.End];
        string rest = single.Text[single.End..];
        if (!Text.StartsWith(head + core, StringComparison.Ordinal) || !Text.EndsWith(rest, StringComparison.Ordinal))
        {
            return false;
        }

        int middleStart = single.End;
        int middleLength = Text.AsSpan(middleStart).IndexOfAny(Name, Arguments);
        int secondStart = middleStart + middleLength;
        var numbers = new List<int>();
        if (middleLength < 0 || secondStart + core.Length + rest.Length != Text.Length
            || Numbered(core, Text.Substring(secondStart, core.Length), numbers) is not { } commonCore)
        {
            return false;
        }

        string middle = Text.Substring(middleStart, middleLength);
        int after = CommonText.AtStart(middle, rest);
        int before = CommonText.AtEnd(head, middle.AsSpan(after), IsNext);
        var beforeNumbers = new List<int>();
        string commonHead = Numbered(head[^before..], middle[^before..], beforeNumbers)!;
        aligned = new CallAlignment(
            head[..^before], commonHead + commonCore + middle[..after], [.. beforeNumbers, .. numbers], middle[after..^before], rest[after..]);
        return true;
    }

    private static MarkedCalls? MarkNames(string text)
    {
        string marked = text.Replace(TemplateProbe.FirstTool, $"{Name}", StringComparison.Ordinal)
            .Replace(TemplateProbe.SecondTool, $"{Name}", StringComparison.Ordinal)
            .Replace(TemplateProbe.FirstId, $"{Id}", StringComparison.Ordinal)
            .Replace(TemplateProbe.SecondId, $"{Id}", StringComparison.Ordinal);
        return marked.Contains(Name) && marked.Contains(Arguments) ? new MarkedCalls(marked) : null;
    }

    private static Range? Find(string text, string arguments)
    {
        using JsonDocument wanted = JsonDocument.Parse(arguments);
        for (int at = text.IndexOf('{', StringComparison.Ordinal); at >= 0; at = text.IndexOf('{', at + 1))
        {
            if (Read(text, at) is not { } found)
            {
                continue;
            }

            using (found.Value)
            {
                if (JsonElement.DeepEquals(found.Value.RootElement, wanted.RootElement))
                {
                    return at..(at + found.Length);
                }
            }
        }

        return null;
    }

    private static (JsonDocument Value, int Length)? Read(string text, int at)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text, at, text.Length - at);
        var reader = new Utf8JsonReader(utf8, isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        try
        {
            reader.Read();
            reader.Skip();
            int length = (int)reader.BytesConsumed;
            return (JsonDocument.Parse(utf8.AsMemory(0, length)), Encoding.UTF8.GetCharCount(utf8, 0, length));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What two texts of one length have in common, where digits that count from one to the next become marks.
    private static string? Numbered(string first, string second, List<int> numbers)
    {
        var common = new StringBuilder();
        for (int at = 0; at < first.Length; at++)
        {
            if (first[at] == second[at])
            {
                common.Append(first[at]);
            }
            else if (IsNext(first[at], second[at]))
            {
                common.Append(Number);
                numbers.Add(first[at] - '0');
            }
            else
            {
                return null;
            }
        }

        return common.ToString();
    }

    private static bool IsNext(char first, char second) => char.IsAsciiDigit(first) && second == first + 1 && char.IsAsciiDigit(second);
}
