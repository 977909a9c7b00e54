using Bridge.Host.Terminal;
using Bridge.Linting;
using Spectre.Console;

namespace Bridge.Host.Output;

/// <summary>The findings of <c>tools check</c>, for people: what each tool takes, then what was found, by code, the worst first.</summary>
/// <param name="environment">The process.</param>
/// <param name="all">Whether every place is shown, not the first few of each code.</param>
internal sealed class LintText(CommandEnvironment environment, bool all)
{
    private const int ToolsInTable = 50;
    private const int PlacesOfError = 20;
    private const int PlacesOfOthers = 4;
    private readonly Paint _paint = new(environment.OutputHasColor);

    public void Write(IReadOnlyList<LintedTool> tools)
    {
        if (tools.Count <= ToolsInTable || all)
        {
            WriteTable(tools);
        }

        var findings = tools.SelectMany(tool => tool.Findings.Select(finding => (Tool: tool.Tool, Finding: finding))).ToList();
        foreach (var group in findings.GroupBy(found => (found.Finding.Level, found.Finding.Code)).OrderByDescending(group => group.Key.Level).ThenByDescending(group => group.Count()))
        {
            WriteGroup(group.Key.Level, group.Key.Code, [.. group]);
        }

        DefinitionSize definitions = LintJson.Sum(tools, tool => tool.Definition);
        DefinitionSize signatures = LintJson.Sum(tools, tool => tool.Signature);
        environment.Output.WriteLine(
            $"{Count(tools.Count, "tool")}: {Count(findings, LintLevel.Error, "error")}, {Count(findings, LintLevel.Warning, "warning")}, {Count(findings, LintLevel.Note, "note")}. "
            + $"Definitions take {definitions.Characters} characters, about {definitions.Tokens} tokens; signatures {signatures.Characters}, about {signatures.Tokens}.");
    }

    private void WriteTable(IReadOnlyList<LintedTool> tools)
    {
        string[] titles = ["tool", "definition", "signature", "errors", "warnings", "notes"];
        string[][] rows =
        [
            .. tools.Select(tool => (string[])
            [
                PlainText.Line(tool.Tool.Title), Size(tool.Definition), Size(tool.Signature),
                .. new[] { LintLevel.Error, LintLevel.Warning, LintLevel.Note }.Select(level => $"{tool.Findings.Count(finding => finding.Level == level)}"),
            ]),
        ];
        if (environment.OutputHasColor)
        {
            var table = new Table().Border(TableBorder.Rounded);
            table.AddColumns([.. titles.Select((title, index) => index == 0 ? new TableColumn(title).NoWrap() : new TableColumn(title).NoWrap().RightAligned())]);
            foreach (string[] row in rows)
            {
                table.AddRow([.. row.Select(Markup.Escape)]);
            }

            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(environment.Output) }).Write(table);
            return;
        }

        int[] widths = [.. titles.Select((title, index) => rows.Select(row => row[index].Length).Append(title.Length).Max())];
        foreach (string[] row in rows.Prepend(titles))
        {
            environment.Output.WriteLine(string.Join("  ", row.Select((cell, index) => index == 0 ? cell.PadRight(widths[index]) : cell.PadLeft(widths[index]))));
        }

        environment.Output.WriteLine();
    }

    private void WriteGroup(LintLevel level, string code, IReadOnlyList<(ToolDefinition Tool, LintFinding Finding)> found)
    {
        string mark = level switch
        {
            LintLevel.Note => _paint.Dim("note   "),
            LintLevel.Warning => _paint.Yellow("warning"),
            _ => _paint.Red("error  "),
        };
        environment.Output.WriteLine($"{mark}  {code} ({found.Count}): {found[0].Finding.Cure}");
        int shown = all ? found.Count : level == LintLevel.Error ? PlacesOfError : PlacesOfOthers;
        foreach ((ToolDefinition tool, LintFinding finding) in found.Take(shown))
        {
            string place = tool.Place is { } read && tool.Name is not null ? $" ({read})" : "";
            string pointer = string.IsNullOrEmpty(finding.Pointer) ? "" : $" {_paint.Dim(PlainText.Line(finding.Pointer))}";
            environment.Output.WriteLine($"         {_paint.Cyan(PlainText.Line(tool.Title))}{place}{pointer}: {PlainText.Line(finding.Message)}");
        }

        if (found.Count > shown)
        {
            environment.Output.WriteLine($"         … and {found.Count - shown} more; '--all' lists them.");
        }
    }

    // Characters, and about how many tokens.
    private static string Size(DefinitionSize? size) => size is { } known ? $"{known.Characters} (~{known.Tokens})" : "";

    private static string Count(List<(ToolDefinition Tool, LintFinding Finding)> findings, LintLevel level, string noun) =>
        Count(findings.Count(found => found.Finding.Level == level), noun);

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
