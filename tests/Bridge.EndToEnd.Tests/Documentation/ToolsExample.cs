using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Bridge.Hosting;
using Bridge.Schemas.Signatures;
using Bridge.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.EndToEnd.Tests.Documentation;

/// <summary>The C# of the page about tools, compiled and run.</summary>
internal static class ToolsExample
{
    public static async Task<string[]> SignaturesAsync()
    {
        // begin
        await using var bridge = await ToolCallBridge.CreateAsync(o => o
            .WithTool("forecast", "Weather of the coming days",
                ([Description("The city")] string city, [Range(1, 7)] int days = 3) => $"{days} sunny days in {city}")
            .WithTool("weather", "Weather of a city",
                [
                    ToolParameter.String("city", "The city", required: true),
                    ToolParameter.Enum("unit", "The unit of degrees", ["celsius", "fahrenheit"], @default: "celsius"),
                    ToolParameter.Array("hours", "Which hours", ToolParameter.Integer("", min: 0, max: 23), maxItems: 24),
                ],
                async (arguments, cancellationToken) =>
                {
                    await Task.Delay(10, cancellationToken);
                    return $"sunny in {arguments.GetProperty("city").GetString()}";
                }));
        // end
        var catalog = await bridge.Services.GetRequiredService<Bridge.Catalog.ToolCatalog>().GetAsync(CallContext.Local, default);
        return [.. catalog.Tools.Select(tool => ToolSignature.Write(tool.Id.Name, tool.Description, tool.Schema))];
    }
}
