using System.Text.Json.Serialization;

namespace Bridge.Extraction;

/// <summary>Reads a JSON number as a double, without reflection.</summary>
[JsonSerializable(typeof(double))]
internal sealed partial class NumberJson : JsonSerializerContext;
