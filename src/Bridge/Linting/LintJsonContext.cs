using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bridge.Linting;

/// <summary>How schemas are written to be measured.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class LintJsonContext : JsonSerializerContext
{
    /// <summary>Without spaces, and without escapes that no model needs.</summary>
    public static LintJsonContext Compact { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
