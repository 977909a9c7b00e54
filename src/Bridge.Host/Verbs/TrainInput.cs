using System.Collections.Immutable;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Traffic;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary>What <c>bridge train</c> learns from: a folder of public data, own records, or both.</summary>
/// <param name="Folder">The folder of public data; <see langword="null"/> for none.</param>
/// <param name="Own">The user's own records.</param>
internal sealed record TrainInput(string? Folder, ImmutableArray<EvalRecord> Own)
{
    /// <summary>Reads what the command line names, and says what was left out.</summary>
    /// <param name="context">The run.</param>
    /// <param name="paths">Files and folders of own records, and one folder of public data at the most.</param>
    /// <param name="traffic">The kept prompts; <see langword="null"/> where they are not wanted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<TrainInput> ReadAsync(VerbContext context, string[] paths, TrafficRecords? traffic, CancellationToken cancellationToken)
    {
        ILookup<bool, string> kinds = paths.Select(path => Path.Combine(context.Environment.CurrentFolder, path)).ToLookup(IsPublic);
        if (kinds[true].Count() > 1)
        {
            throw new VerbException(ExitCode.Usage, $"'{string.Join("' and '", kinds[true])}' are both folders of public data: name one.");
        }

        EvalSet set = await EvalFiles.ReadAsync(EvalFiles.Find(kinds[false]), cancellationToken);
        EvalSet kept = EvalFiles.Parse("kept prompts", traffic?.Lines ?? []);
        foreach (string line in set.Notes.Concat(set.Problems.Concat(kept.Problems).Select(problem => $"Left out: {problem}")))
        {
            await context.Error.WriteLineAsync(PlainText.Line(line));
        }

        return new TrainInput(kinds[true].FirstOrDefault(), [.. set.Records, .. kept.Records]);
    }

    private static bool IsPublic(string path) =>
        Directory.Exists(path) && (Directory.Exists(Path.Combine(path, "eval")) || Directory.Exists(Path.Combine(path, "train")));
}
