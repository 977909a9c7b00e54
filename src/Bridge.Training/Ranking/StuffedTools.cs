using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Training.Ranking;

/// <summary>Tools that promise everything: a ranker that has met them does not fall for keywords.</summary>
internal static class StuffedTools
{
    private const int Share = 40;
    private const int Descriptions = 15;
    private const int Seed = 11;

    /// <summary>Adds stuffed tools behind the others.</summary>
    /// <param name="tools">The tools.</param>
    public static ImmutableArray<Tool> AddTo(ImmutableArray<Tool> tools)
    {
        var random = new Random(Seed);
        JsonElement schema = JsonSerializer.Deserialize<JsonElement>("""{"type":"object","properties":{"input":{"type":"string"}}}""");
        return tools.AddRange(Enumerable.Range(0, tools.Length / Share).Select(number => Tool.Create(
            new ToolId(tools[0].Id.Source, $"assistant_{number}"),
            string.Join(' ', Enumerable.Range(0, Descriptions).Select(_ => tools[random.Next(tools.Length)].Description)), schema)));
    }
}
