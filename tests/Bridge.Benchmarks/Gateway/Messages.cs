namespace Bridge.Benchmarks.Gateway;

/// <summary>What is said to every gateway.</summary>
internal static class Messages
{
    public const string Revision = "2025-06-18";

    public const string Initialize = $$$$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"{{{{Revision}}}}","capabilities":{},"clientInfo":{"name":"load","version":"1"}}}""";

    public const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    public static string Call(string tool, int number) =>
        $$$$"""{"jsonrpc":"2.0","id":{{{{number}}}},"method":"tools/call","params":{"name":"{{{{tool}}}}","arguments":{"message":"{{{{Mark(number)}}}}"}}}""";

    public static string Mark(int number) => $"load-{number}.";
}
