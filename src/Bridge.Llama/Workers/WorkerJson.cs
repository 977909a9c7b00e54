using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Workers;

/// <summary>The lines between a worker and its host, as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkerRequest))]
[JsonSerializable(typeof(WorkerReply))]
internal sealed partial class WorkerJson : JsonSerializerContext
{
    private static readonly JsonTypeInfo<ChatResponseUpdate> s_update = (JsonTypeInfo<ChatResponseUpdate>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatResponseUpdate));

    /// <summary>A piece of an answer as JSON.</summary>
    public static JsonElement Of(ChatResponseUpdate update) => JsonSerializer.SerializeToElement(update, s_update);

    /// <summary>A piece of an answer.</summary>
    public static ChatResponseUpdate ToUpdate(JsonElement json) => json.Deserialize(s_update)!;
}
