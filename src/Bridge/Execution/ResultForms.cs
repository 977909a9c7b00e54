using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Execution;

/// <summary>Compares the two forms a result may have, its text and its structure.</summary>
internal static partial class ResultForms
{
    // Of prose and of structures, the beginning is compared.
    private const int MostText = 64 * 1024, MostNumbers = 256;

    /// <summary>How the text is to the structure.</summary>
    public static FormMatch Compare(ToolResult result, JsonElement structured)
    {
        string[] texts = [.. result.Content.Where(IsText).Select(block => ((TextContent)block).Text).Where(text => !string.IsNullOrWhiteSpace(text))];
        if (texts.Length == 0)
        {
            return FormMatch.None;
        }

        // Many servers wrap a value, or a list of them, into an object of one member, and write the values alone as text.
        JsonElement value = structured.ValueKind == JsonValueKind.Object && structured.GetPropertyCount() == 1 ? structured.EnumerateObject().First().Value : structured;
        if (texts is [var only])
        {
            return IsSame(only, structured) || IsSame(only, value) ? FormMatch.Same : Compare(only, structured);
        }

        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == texts.Length && value.EnumerateArray().Zip(texts).All(pair => IsSame(pair.Second, pair.First))
            ? FormMatch.Same
            : texts.Select(text => Compare(text, structured)).Max();
    }

    /// <summary>Whether a block is a text of the answer, not one of a resource that comes with it.</summary>
    public static bool IsText(AIContent block) => block is TextContent { AdditionalProperties: null };

    private static FormMatch Compare(string text, JsonElement structured)
    {
        if (text.AsSpan().TrimStart() is ['{' or '[', ..] && Parse(text) is { } written)
        {
            // A part of the structure, written out, says nothing else.
            bool part = structured.ValueKind == JsonValueKind.Object && structured.EnumerateObject().Any(member => JsonElement.DeepEquals(member.Value, written));
            return part || JsonElement.DeepEquals(written, structured) ? FormMatch.Part : FormMatch.Differ;
        }

        decimal[] meant = [.. NumbersOf(structured).Take(MostNumbers)];
        Number[] said = [.. NumbersOf(text).Take(MostNumbers)];
        bool differ = meant.Length > 0 && said.Length > 0 && !said.Any(number => meant.Any(number.Means));
        return differ ? FormMatch.Differ : FormMatch.Part;
    }

    private static bool IsSame(string text, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.ValueEquals(text) : text == value.GetRawText() || (Parse(text) is { } written && JsonElement.DeepEquals(written, value));

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<decimal> NumbersOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDecimal(out decimal number) ? [Math.Abs(number)] : [],
        JsonValueKind.String => NumbersOf(value.GetString()!).Select(number => number.Value),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(NumbersOf).Prepend(value.GetArrayLength()), // "3 results"
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => NumbersOf(member.Value)),
        _ => [],
    };

    private static IEnumerable<Number> NumbersOf(string text)
    {
        foreach (Match match in Numbers().Matches(text.Length <= MostText ? text : text[..MostText]))
        {
            if (decimal.TryParse(match.Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out decimal value))
            {
                int point = match.Value.IndexOf('.', StringComparison.Ordinal);
                yield return new Number(value, point < 0 ? 0 : match.Length - point - 1);
            }
        }
    }

    [GeneratedRegex(@"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,20})?|[0-9]{1,28}(?:\.[0-9]{1,20})?", RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();

    /// <summary>A number as a text says it, without its sign.</summary>
    private readonly record struct Number(decimal Value, int Decimals)
    {
        /// <summary>Whether it is the other one, rounded as texts do.</summary>
        public bool Means(decimal other) => other == Value || Math.Round(other, Decimals, MidpointRounding.AwayFromZero) == Value;
    }
}

/// <summary>How the text of a result is to its structure; the further down, the worse.</summary>
internal enum FormMatch
{
    /// <summary>There is no text.</summary>
    None,

    /// <summary>It is the same.</summary>
    Same,

    /// <summary>It is a part of it, or prose that does not contradict it.</summary>
    Part,

    /// <summary>It says something else.</summary>
    Differ,
}
