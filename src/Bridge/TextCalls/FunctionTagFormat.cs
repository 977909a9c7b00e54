using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Bridge.TextCalls;

/// <summary><c>&lt;function=name&gt;{…}&lt;/function&gt;</c>, and with a <c>&lt;parameter=name&gt;</c> for each argument.</summary>
internal sealed class FunctionTagFormat : ITextCallFormat
{
    private const string Open = "<function=";
    private const string Close = "</function>";
    private const string Parameter = "<parameter=";
    private const string ParameterEnd = "</parameter>";

    public void Find(string text, TextCallSink found)
    {
        for (int at = text.IndexOf(Open, StringComparison.Ordinal); at >= 0 && !found.IsFull; at = text.IndexOf(Open, at, StringComparison.Ordinal))
        {
            int start = at;
            at += Open.Length;
            int named = text.IndexOf('>', at);
            if (named < 0)
            {
                return;
            }

            string name = text[at..named].Trim(' ', '"', '\'');
            int end = text.IndexOf(Close, named, StringComparison.Ordinal);
            string body = text[(named + 1)..(end < 0 ? text.Length : end)].Trim();
            at = end < 0 ? text.Length : end + Close.Length;
            string? arguments = body.StartsWith(Parameter, StringComparison.Ordinal) ? FromParameters(body) : FromJson(body);
            if (arguments is null)
            {
                found.Reject($"a parameter of '{name}' is not closed");
            }
            else
            {
                found.Add(name, arguments, text[start..at]);
            }
        }
    }

    private static string FromJson(string body) =>
        body.Length == 0 ? "{}" : JsonPiece.TryRead(body, 0) is { } piece ? body[piece.Start..piece.End] : body;

    /// <returns>The arguments; <see langword="null"/> when the model was cut off within one.</returns>
    private static string? FromParameters(string body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        int at = 0;
        while ((at = body.IndexOf(Parameter, at, StringComparison.Ordinal)) >= 0)
        {
            at += Parameter.Length;
            int named = body.IndexOf('>', at);
            int end = named < 0 ? -1 : body.IndexOf(ParameterEnd, named, StringComparison.Ordinal);
            if (end < 0)
            {
                return null;
            }

            string value = body[(named + 1)..end].Trim('\r', '\n');
            json.WritePropertyName(body[at..named].Trim());
            Write(json, value);
            at = end;
        }

        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Objects and arrays as they are; everything else as a string, which repair turns into what the schema asks for.</summary>
    private static void Write(Utf8JsonWriter json, string value)
    {
        if (JsonPiece.TryRead(value, 0) is { } piece && string.IsNullOrWhiteSpace(value[piece.End..]))
        {
            piece.Value.WriteTo(json);
        }
        else
        {
            json.WriteStringValue(value);
        }
    }
}
