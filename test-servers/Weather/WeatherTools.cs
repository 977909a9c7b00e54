using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Weather;

/// <summary>The tools. The weather of a city is always the same.</summary>
internal static class WeatherTools
{
    private static readonly string[] s_conditions = ["clear", "cloudy", "rain", "snow"];
    private static int s_cancelled;

    /// <summary>A turn for each report that began, and for each that was cancelled: tests wait for them.</summary>
    public static SemaphoreSlim Began { get; } = new(0);

    public static SemaphoreSlim Cancelled { get; } = new(0);

    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static IEnumerable<McpServerTool> All(McpServerPrimitiveCollection<McpServerTool> tools) =>
    [
        Create(GetWeather, "get_weather", "Get the current weather of a city.", readOnly: true, structured: true),
        Create(GetForecast, "get_forecast", "Get the weather forecast of a city for some days.", readOnly: true),
        Create(SlowReportAsync, "slow_report", "Write a detailed report step by step; takes a while."),
        Create(() => Volatile.Read(ref s_cancelled), "count_cancelled", "Count the reports that were cancelled."),
        Create(() => AddAlerts(tools), "enable_alerts", "Make the tool get_alerts available."),
        Create(GetMap, "get_map", "Get a weather map with its sources."),
        Create(AskCityAsync, "ask_city", "Ask the user for a city."),
        Create(SummarizeAsync, "summarize", "Let the client's model summarize a text."),
        Create((RequestContext<CallToolRequestParams> request) => request.Params?.Meta?.ToJsonString() ?? "none", "show_meta", "Show what came beside the arguments."),
        Create((McpServer server) => server.SessionId ?? "none", "show_session", "Show the id of the session."),
    ];

    private static McpServerTool Create(Delegate method, string name, string description, bool? readOnly = null, bool structured = false) =>
        McpServerTool.Create(method, new McpServerToolCreateOptions { Name = name, Description = description, ReadOnly = readOnly, UseStructuredContent = structured });

    private static WeatherReport GetWeather(
        [Description("The name of the city, such as Lisbon.")] string city,
        [Description("The unit of the temperature.")] TemperatureUnit unit = TemperatureUnit.Celsius)
    {
        double celsius = Seed(city) % 35;
        return new WeatherReport(city, unit == TemperatureUnit.Celsius ? celsius : (celsius * 9 / 5) + 32, unit, s_conditions[Seed(city) % 4]);
    }

    private static string GetForecast(
        [Description("The name of the city.")] string city, [Description("How many days, 1 to 7.")] int days)
    {
        if (days is < 1 or > 7)
        {
            throw new McpException("The forecast covers 1 to 7 days.");
        }

        return string.Join('\n', Enumerable.Range(1, days).Select(day => $"Day {day}: {s_conditions[(Seed(city) + day) % 4]}, {(Seed(city) + day) % 35} °C"));
    }

    private static async Task<string> SlowReportAsync(
        IProgress<ProgressNotificationValue> progress, int steps, int delayMs, CancellationToken cancellationToken)
    {
        Began.Release();
        try
        {
            for (int step = 1; step <= steps; step++)
            {
                progress.Report(new ProgressNotificationValue { Progress = step, Total = steps, Message = $"step {step}" });
                await Task.Delay(delayMs, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref s_cancelled);
            Cancelled.Release();
            throw;
        }

        return $"a report of {steps} steps";
    }

    private static string AddAlerts(McpServerPrimitiveCollection<McpServerTool> tools)
    {
        tools.TryAdd(Create((string city) => $"No alerts for {city}.", "get_alerts", "Get weather alerts of a city."));
        return "done";
    }

    private static IEnumerable<ContentBlock> GetMap() =>
    [
        new TextContentBlock { Text = "The map:" },
        ImageContentBlock.FromBytes(Png, "image/png"),
        AudioContentBlock.FromBytes(new byte[] { 1, 2, 3 }, "audio/wav"),
        new EmbeddedResourceBlock { Resource = new TextResourceContents { Uri = "weather://legend", MimeType = "text/plain", Text = "blue is rain" } },
        new EmbeddedResourceBlock { Resource = BlobResourceContents.FromBytes(Png, "weather://tile", "image/png") },
        new ResourceLinkBlock { Uri = "https://example.org/map", Name = "map", MimeType = "text/html" },
    ];

    private static async Task<string> AskCityAsync(McpServer server, CancellationToken cancellationToken)
    {
        ElicitResult answer = await server.ElicitAsync(
            new ElicitRequestParams
            {
                Message = "Which city?",
                RequestedSchema = new ElicitRequestParams.RequestSchema
                {
                    Properties = { ["city"] = new ElicitRequestParams.StringSchema { Description = "The city." } },
                    Required = ["city"],
                },
            },
            cancellationToken);
        return answer.IsAccepted ? $"The user chose {answer.Content!["city"].GetString()}." : $"The user did not choose: {answer.Action}.";
    }

    private static async Task<string> SummarizeAsync(McpServer server, string text, CancellationToken cancellationToken)
    {
        CreateMessageResult answer = await server.SampleAsync(
            new CreateMessageRequestParams
            {
                MaxTokens = 50,
                SystemPrompt = "Be brief.",
                Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = text }] }],
            },
            cancellationToken);
        return $"{answer.Model}: {((TextContentBlock)answer.Content[0]).Text}";
    }

    private static int Seed(string city) => city.ToUpperInvariant().Sum(letter => letter);
}
