using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Llama.Workers;

/// <summary>A tool as a worker is told of it.</summary>
/// <param name="WireName">The name by which the model calls it.</param>
/// <param name="Source">Its source.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Description">What it does.</param>
/// <param name="Schema">The schema of its arguments.</param>
internal sealed record WorkerTool(string WireName, string Source, string Name, string Description, JsonElement Schema)
{
    /// <summary>The tools of a shortlist.</summary>
    public static ImmutableArray<WorkerTool> Of(Shortlist shortlist) =>
        [.. shortlist.Tools.Select(tool => new WorkerTool(tool.WireName, tool.Tool.Id.Source, tool.Tool.Id.Name, tool.Tool.Description, tool.Tool.InputSchema))];

    /// <summary>The tool, its schema compiled.</summary>
    public ShortlistedTool ToTool() => new(Tool.Create(new ToolId(Source, Name), Description, Schema), WireName);
}
