using System.Text.Json;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Templates;

/// <summary>Finds how a template writes arguments one by one: from what it writes for one, for two, and for a value of each type.</summary>
/// <param name="answer">Writes calls.</param>
internal sealed class MemberFormDetection(WrittenAnswer answer)
{
    private const string Number = "7391";
    private const string Array = """["p9q", 7391, false]""";
    private const string Object = """{"r9s": "t9u", "v9w": true}""";
    private const string Strange = "x9y <b>&\n'z' \"w\"";

    private static readonly string s_one = Member(TemplateProbe.FirstKey, TemplateProbe.Quote(TemplateProbe.FirstValue));
    private static readonly string s_two = Member(TemplateProbe.SecondKey, TemplateProbe.Quote(TemplateProbe.SecondValue));

    /// <summary>The form, and a text of one call and of two with marks; <see langword="null"/> where there is none to be seen.</summary>
    public (MemberForm Form, MarkedCalls Single, MarkedCalls? Pair)? Find()
    {
        if (answer.Of(Braced(s_one)) is not { } one || answer.Of(Braced($"{s_one}, {s_two}")) is not { } two
            || Frame.Of(one, two, answer.Of(Braced(""))) is not { } frame || FormOf(frame) is not { IsReadable: true } form)
        {
            return null;
        }

        // One argument of each call, as it was seen.
        string first = frame.Written(TemplateProbe.FirstKey, TemplateProbe.FirstValue);
        string second = frame.Written(TemplateProbe.SecondKey, TemplateProbe.SecondValue);
        MarkedCalls? single = MarkedCalls.Mark(one, [first]);
        MarkedCalls? pair = answer.Of(Braced(s_one), Braced(s_two)) is { } both ? MarkedCalls.Mark(both, [first, second]) : null;
        return single is null ? null : (form, single, pair);
    }

    private MemberForm? FormOf(Frame frame)
    {
        if (ValueOf(frame, Number, close: null, [ValueNotation.Json]) is not { } number || StringOf(frame) is not { } text)
        {
            return null;
        }

        ValueNotation[] notations = [ValueNotation.Json, ValueNotation.CompactJson, ValueNotation.Python, .. frame.Close.Length > 0 ? [ValueNotation.Delimited(frame.Close)] : (ValueNotation[])[]];
        MemberValue? flag = ValueOf(frame, "true", number.Close, [ValueNotation.Json, ValueNotation.Python]);
        MemberValue? nothing = ValueOf(frame, "null", number.Close, [ValueNotation.Json, ValueNotation.Python]);
        MemberValue? list = ValueOf(frame, Array, number.Close, notations);
        MemberValue? map = ValueOf(frame, Object, number.Close, notations);
        return flag is null || list is null || map is null ? null : new MemberForm
        {
            Open = frame.Open,
            Separator = frame.Separator,
            String = text,
            Number = number,
            Boolean = flag,
            Null = nothing ?? number with { Notation = ValueNotation.Python }, // Bridge's templates write nothing for none, where Python writes its name
            Array = list,
            Object = map,
        };
    }

    /// <summary>How strings are written: as they stand, or in quotes.</summary>
    private MemberValue? StringOf(Frame frame)
    {
        if (frame.Close is ['\'', ..] && frame.Middle.EndsWith('\''))
        {
            // Where a template forgets to escape, models do not: they know Python.
            return new MemberValue(frame.Middle[..^1], frame.Close[1..], ValueNotation.Python);
        }

        string? strange = Body(frame, JsonSerializer.Serialize(Strange, ProbeJson.Default.String));
        return strange == frame.Middle + Strange + frame.Close ? new MemberValue(frame.Middle, frame.Close, ValueNotation.Plain)
            : strange == $"{frame.Middle}<![CDATA[{Strange}]]>{frame.Close}" ? new MemberValue(frame.Middle, frame.Close, ValueNotation.CData)
            : null;
    }

    /// <summary>How a value is written, in the first notation that shows; <see langword="null"/> where none does.</summary>
    private MemberValue? ValueOf(Frame frame, string json, string? close, IEnumerable<ValueNotation> notations)
    {
        var value = JsonElement.Parse(json);
        string? body = Body(frame, json);
        foreach (ValueNotation notation in body is null ? [] : notations)
        {
            string written = notation.Write(value);
            if (body!.LastIndexOf(written, StringComparison.Ordinal) is >= 0 and int at
                && (close is null || body[(at + written.Length)..] == close))
            {
                return new MemberValue(body[..at], body[(at + written.Length)..], notation);
            }
        }

        return null;
    }

    /// <summary>What stands between a name and the end of the arguments.</summary>
    private string? Body(Frame frame, string value) =>
        answer.Of(Braced(Member(TemplateProbe.FirstKey, value))) is { } text
        && text.StartsWith(frame.Head + TemplateProbe.FirstKey, StringComparison.Ordinal) && text.EndsWith(frame.End, StringComparison.Ordinal)
            ? text[(frame.Head.Length + TemplateProbe.FirstKey.Length)..^frame.End.Length]
            : null;

    private static string Member(string name, string value) => $"\"{name}\": {value}";

    private static string Braced(string members) => $"{{{members}}}";

    /// <summary>What stands around two arguments that are text.</summary>
    /// <param name="Head">All before the first name.</param>
    /// <param name="Open">What of it each name has before it.</param>
    /// <param name="Middle">Between name and value.</param>
    /// <param name="Close">After each value.</param>
    /// <param name="Separator">Between two arguments.</param>
    /// <param name="End">After the last.</param>
    private sealed record Frame(string Head, string Open, string Middle, string Close, string Separator, string End)
    {
        public static Frame? Of(string one, string two, string? empty)
        {
            int key = one.IndexOf(TemplateProbe.FirstKey, StringComparison.Ordinal);
            int value = key < 0 ? -1 : one.IndexOf(TemplateProbe.FirstValue, key, StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            string head = one[..key];
            string middle = one[(key + TemplateProbe.FirstKey.Length)..value];
            string rest = one[(value + TemplateProbe.FirstValue.Length)..];
            string second = TemplateProbe.SecondKey + middle + TemplateProbe.SecondValue;
            int next = two.IndexOf(second, StringComparison.Ordinal);
            if (next < value || !two.StartsWith(one[..^rest.Length], StringComparison.Ordinal) || two[(next + second.Length)..] != rest)
            {
                return null;
            }

            string between = two[(value + TemplateProbe.FirstValue.Length)..next];
            string close = rest[..CommonText.AtStart(between, rest)];
            string open = between[^CommonText.AtEnd(head, between.AsSpan(close.Length), (_, _) => false)..];
            int kept = close.TrimEnd().Length;
            if (empty == head[..^open.Length] + close[kept..] + rest[close.Length..])
            {
                close = close[..kept]; // the white space stands between arguments, and after them even where there are none
            }

            return new Frame(head, open, middle, close, between[close.Length..^open.Length], rest[close.Length..]);
        }

        public string Written(string key, string value) => Open + key + Middle + value + Close;
    }
}
