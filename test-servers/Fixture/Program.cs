using ModelContextProtocol.Server;
using TestServers.Fixture;

await using var transport = new StdioServerTransport("fixture");
await using var server = McpServer.Create(transport, FixtureServer.CreateOptions(args.FirstOrDefault() ?? "2025-11-25"));
await server.RunAsync();
