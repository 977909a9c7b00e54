namespace TestServers.Weather;

internal sealed record WeatherReport(string City, double Temperature, TemperatureUnit Unit, string Condition);
