using System.Text.Json.Serialization;

namespace Bridge.Llama.Templates;

/// <summary>Texts as JSON without reflection.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class ProbeJson : JsonSerializerContext;
