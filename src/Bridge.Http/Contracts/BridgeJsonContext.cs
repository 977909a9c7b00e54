using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bridge.Calling;
using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Http.Contracts;

/// <summary>How Bridge's own JSON is written and read, over HTTP and with <c>--json</c>: snake_case, absent instead of <c>null</c>, strict.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    Converters =
    [
        typeof(SnakeCaseEnum<PromptOutcome>), typeof(SnakeCaseEnum<CallStatus>), typeof(SnakeCaseEnum<ReasonKind>),
        typeof(SnakeCaseEnum<AttemptResult>), typeof(SnakeCaseEnum<SourceState>), typeof(SnakeCaseEnum<LoadState>),
    ])]
[JsonSerializable(typeof(ToolCallRequest))]
[JsonSerializable(typeof(ToolCallResponse))]
[JsonSerializable(typeof(ToolCallingContract))]
[JsonSerializable(typeof(CallContract))]
[JsonSerializable(typeof(ToolListContract))]
[JsonSerializable(typeof(ModelListContract))]
[JsonSerializable(typeof(ModelContract))]
[JsonSerializable(typeof(ChatCompletionContract))]
[JsonSerializable(typeof(OpenAiErrorContract))]
[JsonSerializable(typeof(ProblemContract))]
[JsonSerializable(typeof(HealthContract))]
public sealed partial class BridgeJsonContext : JsonSerializerContext
{
    private static readonly Lazy<BridgeJsonContext> s_readable = new(() => new BridgeJsonContext(new JsonSerializerOptions(Default!.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    }));

    /// <summary>The same for people: lines are indented, and text is not escaped beyond need, which is safe outside of HTML.</summary>
    public static BridgeJsonContext Readable => s_readable.Value;
}
