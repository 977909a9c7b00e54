using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Host.Doctor;
using Bridge.Host.Terminal;

namespace Bridge.Host.Output;

/// <summary>The findings of <c>doctor</c>, for people and as JSON.</summary>
internal static class FindingText
{
    public static void Write(CommandEnvironment environment, IReadOnlyList<Finding> findings, bool verbose)
    {
        var paint = new Paint(environment.OutputHasColor);
        foreach (Finding finding in findings)
        {
            string mark = finding.Level switch
            {
                FindingLevel.Ok => paint.Green("ok     "),
                FindingLevel.Note => paint.Dim("note   "),
                FindingLevel.Warning => paint.Yellow("warning"),
                _ => paint.Red("error  "),
            };
            environment.Output.WriteLine($"{mark}  {PlainText.Lines($"{finding.Subject}: {finding.Message}")}{(finding.Level > FindingLevel.Ok ? $" [{finding.Code}]" : "")}");
            if (finding.Cure is not null)
            {
                environment.Output.WriteLine($"         {PlainText.Lines(finding.Cure)}");
            }

            if (verbose && finding.Detail is not null)
            {
                environment.Output.WriteLine(paint.Dim($"         {PlainText.Lines(finding.Detail)}"));
            }
        }
    }

    public static void WriteJson(TextWriter output, IReadOnlyList<Finding> findings)
    {
        JsonNode?[] items =
        [
            .. findings.Select(finding => new JsonObject
            {
                ["code"] = finding.Code,
                ["level"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(finding.Level.ToString()),
                ["subject"] = finding.Subject,
                ["message"] = finding.Message,
                ["cure"] = finding.Cure,
                ["detail"] = finding.Detail,
            }),
        ];
        JsonText.Write(output, new JsonObject { ["findings"] = new JsonArray(items) });
    }
}
