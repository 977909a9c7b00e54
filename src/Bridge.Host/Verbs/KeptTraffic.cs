using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Bridge.Evaluation.Traffic;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Storage;
using Bridge.Traffic;

namespace Bridge.Host.Verbs;

/// <summary>The prompts that <c>Bridge:Learning:Record</c> kept, as records.</summary>
internal static class KeptTraffic
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The option that names the earliest of them.</summary>
    public static Option<string?> Since() =>
        new("--since") { Description = "With --from-traffic: from then on: a time ago such as 2h or 30d, or a date or time.", HelpName = "TIME" };

    /// <summary>Reads them, and says what was left out.</summary>
    /// <param name="context">The run.</param>
    /// <param name="since">Prompts that ended before are left out; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="VerbException">There is nothing to read.</exception>
    public static async Task<TrafficRecords> ReadAsync(VerbContext context, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var reader = new TrafficReader(DataFolder.Open(SettingsLoader.DataFolderOf(context.Settings, context.Environment))) { Since = since ?? default };
        var export = new TrafficExport();
        try
        {
            await foreach (KeptPrompt kept in reader.ReadAsync(cancellationToken))
            {
                export.Add(kept);
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new VerbException(ExitCode.Failed, $"The kept prompts cannot be read: {error.Message}");
        }

        TrafficRecords records = export.ToRecords();
        await TellAsync(context, records, reader.UnreadableLines);
        return records.Read > 0
            ? records
            : throw new VerbException(ExitCode.Usage, "No prompts are kept: set 'Bridge:Learning:Record' to true in appsettings.json, and use Bridge for a while.");
    }

    /// <summary>Writes them to a file that only its owner can read, or as the result.</summary>
    /// <param name="context">The run.</param>
    /// <param name="records">The records.</param>
    /// <param name="file">The file; <see langword="null"/> for standard output.</param>
    public static async Task WriteAsync(VerbContext context, TrafficRecords records, string? file)
    {
        if (file is null)
        {
            foreach (string line in records.Lines)
            {
                await context.Output.WriteLineAsync(line);
            }

            return;
        }

        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            await using var writer = new StreamWriter(Path.Combine(context.Environment.CurrentFolder, file), new UTF8Encoding(false), options);
            foreach (string line in records.Lines)
            {
                await writer.WriteAsync(line + "\n");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VerbException(ExitCode.Failed, $"The records cannot be written: {error.Message}");
        }

        if (context.Json)
        {
            JsonText.Write(context.Output, new JsonObject
            {
                ["read"] = records.Read,
                ["records"] = records.Lines.Length,
                ["contradictory"] = new JsonArray([.. records.Contradictions.Select(found => (JsonNode?)found.ToString())]),
                ["without_success"] = records.Unanswered,
                ["with_secrets"] = records.Redacted,
            });
        }
    }

    private static async Task TellAsync(VerbContext context, TrafficRecords records, int unreadable)
    {
        foreach (Contradiction contradiction in records.Contradictions)
        {
            await context.Error.WriteLineAsync(PlainText.Line($"Left out: {contradiction}"));
        }

        string damaged = unreadable > 0 ? $" {unreadable} lines could not be read." : "";
        await context.Error.WriteLineAsync(
            $"{records.Read} kept prompts gave {records.Lines.Length} records; left out were {records.Contradictions.Length} that contradict themselves, {records.Unanswered} without calls that succeeded, {records.Redacted} with secrets for arguments; the others came more than once.{damaged}");
    }
}
