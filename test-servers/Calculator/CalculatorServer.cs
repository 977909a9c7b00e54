using System.Globalization;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Calculator;

/// <summary>A real MCP server on stdio whose descriptions say next to nothing: what a small model meets in the wild.</summary>
public static class CalculatorServer
{
    private static readonly JsonElement s_schema = JsonElement.Parse(
        """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}""");

    private static readonly Tool[] s_tools =
    [
        new() { Name = "add", Description = "A tool to add two numbers", InputSchema = s_schema },
        new() { Name = "subtract", Description = "A tool to subtract two numbers", InputSchema = s_schema },
        new() { Name = "multiply", Description = "A tool to multiply two numbers", InputSchema = s_schema },
        new() { Name = "divide", Description = "A tool to divide two numbers", InputSchema = s_schema },
    ];

    /// <summary>Serves stdin and stdout until stdin ends.</summary>
    /// <param name="cancellationToken">Ends the server.</param>
    /// <returns>The exit code, 0.</returns>
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        McpServerOptions options = CreateOptions();
        await using var transport = new StdioServerTransport(options);
        await using var server = McpServer.Create(transport, options);
        try
        {
            await server.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end: the same as stdin ending.
        }

        return 0;
    }

    /// <summary>What the server offers, whichever transport carries it.</summary>
    /// <returns>The options of one session.</returns>
    public static McpServerOptions CreateOptions() => new()
    {
        ServerInfo = new Implementation { Name = "calculator", Version = "1.0.0" },
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. s_tools] }),
            CallToolHandler = (request, _) => ValueTask.FromResult(Call(request.Params!)),
        },
    };

    private static CallToolResult Call(CallToolRequestParams call)
    {
        if (!TryNumber(call, "a", out double a) || !TryNumber(call, "b", out double b))
        {
            return Answer("Both 'a' and 'b' must be numbers.", isError: true);
        }

        return call.Name switch
        {
            "add" => Answer(Exactly(a, b, decimal.Add, a + b)),
            "subtract" => Answer(Exactly(a, b, decimal.Subtract, a - b)),
            "multiply" => Answer(Exactly(a, b, decimal.Multiply, a * b)),
            "divide" when b == 0 => Answer("Division by zero.", isError: true),
            "divide" => Answer(a / b),
            _ => Answer($"There is no tool '{call.Name}'.", isError: true),
        };
    }

    private static bool TryNumber(CallToolRequestParams call, string name, out double number)
    {
        number = 0;
        return call.Arguments is { } arguments
            && arguments.TryGetValue(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out number)
            && double.IsFinite(number);
    }

    // People expect 0.1 + 0.2 to be 0.3; very large and very small numbers are beyond what a decimal holds.
    private static double Exactly(double a, double b, Func<decimal, decimal, decimal> operation, double approximate)
    {
        try
        {
            double exact = (double)operation((decimal)a, (decimal)b);
            return Math.Abs(exact - approximate) <= 1e-9 * Math.Abs(approximate) ? exact : approximate;
        }
        catch (OverflowException)
        {
            return approximate;
        }
    }

    private static CallToolResult Answer(double number) => Answer(number.ToString("R", CultureInfo.InvariantCulture));

    private static CallToolResult Answer(string text, bool isError = false) =>
        new() { Content = [new TextContentBlock { Text = text }], IsError = isError };
}
