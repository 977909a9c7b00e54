using Bridge.Host.Terminal;
using Bridge.Http.Contracts;
using Bridge.Tools;

namespace Bridge.Host.Output;

/// <summary>The tools there are, for people.</summary>
internal static class ToolText
{
    /// <summary>Writes one line for each tool, by source.</summary>
    /// <param name="environment">The process.</param>
    /// <param name="list">The tools.</param>
    public static void Write(CommandEnvironment environment, ToolListContract list)
    {
        var paint = new Paint(environment.OutputHasColor);
        int width = list.Tools.Select(tool => tool.Id.Length).DefaultIfEmpty(0).Max();
        foreach (ToolContract tool in list.Tools)
        {
            string description = PlainText.Line(tool.Description.ReplaceLineEndings(" "));
            environment.Output.WriteLine($"{paint.Cyan(PlainText.Line(tool.Id.PadRight(width)))}  {description}".TrimEnd());
        }

        foreach (QuarantinedContract tool in list.Quarantined)
        {
            environment.Error.WriteLine(PlainText.Lines($"The tool '{tool.Id}' is not offered: {tool.Reason}"));
        }
    }

    /// <summary>Names the sources that are not ready, on standard error.</summary>
    /// <param name="environment">The process.</param>
    /// <param name="list">The tools.</param>
    public static void WriteMissing(CommandEnvironment environment, ToolListContract list)
    {
        foreach (SourceContract source in list.Sources.Where(source => source.State != SourceState.Ready))
        {
            string why = source.Detail ?? (source.State == SourceState.Connecting ? "It is still starting; Bridge:StartTimeout says how long to wait." : "It gave no reason.");
            environment.Error.WriteLine(PlainText.Lines($"'{source.Id}' is missing: {why}"));
        }
    }
}
