using System.Text.Json.Serialization;

namespace TestServers.Weather;

[JsonConverter(typeof(JsonStringEnumConverter<TemperatureUnit>))]
internal enum TemperatureUnit
{
    [JsonStringEnumMemberName("celsius")]
    Celsius,

    [JsonStringEnumMemberName("fahrenheit")]
    Fahrenheit,
}
