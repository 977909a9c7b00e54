using TestServers.Weather;

// Options: --port N (0, the default, takes a free one), --token T, --until-stdin-ends.
string? Option(string name) => Array.IndexOf(args, name) is >= 0 and int i && i + 1 < args.Length ? args[i + 1] : null;

await using var server = await WeatherHost.StartAsync(int.Parse(Option("--port") ?? "0", System.Globalization.CultureInfo.InvariantCulture), Option("--token"));
Console.WriteLine(server.Url);
if (args.Contains("--until-stdin-ends"))
{
    await Console.In.ReadToEndAsync();
}
else
{
    await server.Stopped;
}
