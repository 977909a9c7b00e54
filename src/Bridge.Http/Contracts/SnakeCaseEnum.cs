using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bridge.Http.Contracts;

/// <summary>Enum values as words in snake_case; numbers are refused.</summary>
internal sealed class SnakeCaseEnum<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
