using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Host.Output;

/// <summary>JSON as a result: indented, and readable in every language.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for a terminal, not for a web page
    };

    public static void Write(TextWriter output, JsonNode node) => output.WriteLine(node.ToJsonString(s_options));
}
