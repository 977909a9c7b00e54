using System.Text;
using System.Text.Json;
using Bridge.Evaluation.Reading;

namespace Bridge.Evaluation.Originals;

/// <summary>How a file begins: enough to tell its form.</summary>
/// <param name="FirstLine">The first line, without white space around it.</param>
/// <param name="First">The first JSON object, on its own or in a list; undefined where there is none.</param>
/// <param name="IsList">Whether the file is one JSON list.</param>
internal sealed record FileHead(string FirstLine, JsonElement First, bool IsList)
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Reads the beginning of a file.</summary>
    public static FileHead Read(string file)
    {
        byte[] buffer = new byte[MaxBytes];
        using Stream stream = TextFile.Open(file);
        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, stream.ReadAtLeast(buffer, MaxBytes, throwOnEndOfStream: false));
        bytes = (bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes).TrimStart(" \t\r\n"u8);
        int end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        string line = Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]).Trim();
        bool isList = bytes.StartsWith("["u8);
        return new FileHead(line, FirstOf(bytes), isList);
    }

    /// <summary>Whether the first object has all of these members.</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (First.ValueKind != JsonValueKind.Object || !First.TryGetProperty(name, out _))
            {
                return false;
            }
        }

        return true;
    }

    private static JsonElement FirstOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, isFinalBlock: false, default);
            if (!reader.Read() || (reader.TokenType == JsonTokenType.StartArray && !reader.Read()) || reader.TokenType != JsonTokenType.StartObject)
            {
                return default;
            }

            return JsonElement.TryParseValue(ref reader, out JsonElement? first) ? first.Value : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
