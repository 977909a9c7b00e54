using ModelContextProtocol.Server;
using TestServers.Calculator;
using TestServers.Fixture;
using TestServers.Weather;

// Options: --port N (0, the default, takes a free one), --token T, --until-stdin-ends,
// --calculator or --fixture (what they offer instead of the weather), --legacy (as in 2024: SSE alone, at the root).
string? Option(string name) => Array.IndexOf(args, name) is >= 0 and int i && i + 1 < args.Length ? args[i + 1] : null;

Func<McpServerOptions> createOptions = args.Contains("--calculator") ? CalculatorServer.CreateOptions
    : args.Contains("--fixture") ? static () => FixtureServer.CreateOptions("2025-11-25")
    : WeatherServer.CreateOptions;
var offer = new Offer(createOptions, args.Contains("--legacy"));
int port = int.Parse(Option("--port") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
await using var server = await WeatherHost.StartAsync(port, Option("--token"), offer);
Console.WriteLine(server.Url);
if (args.Contains("--until-stdin-ends"))
{
    await Console.In.ReadToEndAsync();
}
else
{
    await server.Stopped;
}
