using System.Text;
using System.Text.Json;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Decoding;

namespace Bridge.Schemas.Tests.Decoding;

/// <summary>Asks whether a program can write a value, its members in whatever order.</summary>
internal static class OrderFreeReader
{
    public static bool CanWrite(DecodingProgram program, JsonElement value) => After(program.Start, value).Any(state => state.CanEnd);

    private static IEnumerable<DecodingState> After(DecodingState state, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => After(state, "{").SelectMany(open => AfterMembers(open, [.. value.EnumerateObject()], "")),
        JsonValueKind.Array => After(state, "[").SelectMany(open => AfterItems(open, [.. value.EnumerateArray()])),
        JsonValueKind.Number => After(state, Plain(value)),
        _ => After(state, Encoding.UTF8.GetString(JsonSpelling.Of(value, JsonStyle.Compact))),
    };

    private static IEnumerable<DecodingState> AfterItems(DecodingState state, JsonElement[] items)
    {
        IEnumerable<DecodingState> states = [state];
        for (int i = 0; i < items.Length; i++)
        {
            string comma = i == 0 ? "" : ",";
            JsonElement item = items[i];
            states = states.SelectMany(before => After(before, comma)).SelectMany(before => After(before, item));
        }

        return states.SelectMany(before => After(before, "]"));
    }

    private static IEnumerable<DecodingState> AfterMembers(DecodingState state, JsonProperty[] members, string comma)
    {
        if (members.Length == 0)
        {
            return After(state, "}");
        }

        return members.SelectMany(member =>
            After(state, comma + Encoding.UTF8.GetString(JsonSpelling.Of(member.Name)) + ":")
                .SelectMany(named => After(named, member.Value))
                .SelectMany(written => AfterMembers(written, [.. members.Where(other => other.Name != member.Name)], ",")));
    }

    private static IEnumerable<DecodingState> After(DecodingState state, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return state.Take(bytes, out DecodingState next) == bytes.Length ? [next] : [];
    }

    private static string Plain(JsonElement number)
    {
        string text = number.GetRawText();
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
