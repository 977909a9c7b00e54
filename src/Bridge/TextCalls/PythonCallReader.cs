using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Bridge.TextCalls;

/// <summary>Reads Python calls with keyword arguments whose values are literals, and writes the arguments as JSON.</summary>
internal static class PythonCallReader
{
    /// <summary>Adds the calls of a text that is nothing but calls: one, a list of them, or one after another.</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">Where the calls go.</param>
    /// <returns>Whether the text is nothing but calls, each of a tool that was offered.</returns>
    public static bool AddAll(string text, TextCallSink found)
    {
        var cursor = new PythonCursor(text);
        var calls = new List<TextCall>();
        bool list = cursor.TryTake('[');
        while (!cursor.AtEnd && calls.Count < TextCallSink.MaxCalls)
        {
            if (!TryReadCall(cursor, found, calls))
            {
                return false;
            }

            bool separated = cursor.TryTake(',') || cursor.TryTake(';');
            if (list && cursor.TryTake(']'))
            {
                list = false;
                break;
            }

            if (list && !separated)
            {
                return false;
            }
        }

        if (calls.Count == 0 || list || !cursor.AtEnd)
        {
            return false;
        }

        calls.ForEach(call => found.Add(call.Name, Encoding.UTF8.GetString(call.Arguments.Span), call.Source));
        return true;
    }

    private static bool TryReadCall(PythonCursor cursor, TextCallSink found, List<TextCall> calls)
    {
        cursor.SkipSpace();
        int start = cursor.Position;
        string name = cursor.TakeName();
        if (name.Length == 0 || !found.IsOffered(name) || !cursor.TryTake('('))
        {
            return false;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        if (!TryReadArguments(cursor, json))
        {
            return false;
        }

        json.WriteEndObject();
        json.Flush();
        calls.Add(new TextCall(name, buffer.WrittenMemory.ToArray(), cursor.Since(start)));
        return true;
    }

    private static bool TryReadArguments(PythonCursor cursor, Utf8JsonWriter json)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!cursor.TryTake(')'))
        {
            string keyword = cursor.TakeName();
            if (keyword.Length == 0 || !seen.Add(keyword) || !cursor.TryTake('='))
            {
                return false; // positional arguments have no name to go by
            }

            json.WritePropertyName(keyword);
            if (!PythonLiteral.TryCopy(cursor, json, depth: 0))
            {
                return false;
            }

            if (!cursor.TryTake(',') && !cursor.Sees(')'))
            {
                return false;
            }
        }

        return true;
    }
}
