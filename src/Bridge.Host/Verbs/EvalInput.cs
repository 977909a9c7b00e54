using System.Collections.Immutable;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Retrieval;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary>What <c>bridge eval</c> reads: records, and folders of questions for the shortlister.</summary>
/// <param name="Set">The records.</param>
/// <param name="Retrieval">The questions, by folder.</param>
internal sealed record EvalInput(EvalSet Set, ImmutableArray<RetrievalSet> Retrieval)
{
    /// <summary>Everything that was left out.</summary>
    public ImmutableArray<RecordProblem> Problems => [.. Set.Problems, .. Retrieval.SelectMany(set => set.Problems)];

    /// <summary>Reads files and folders, and says what was left out.</summary>
    /// <param name="context">The run.</param>
    /// <param name="paths">The files and folders.</param>
    /// <param name="limit">How many records at the most, spread over all; 0 for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<EvalInput> ReadAsync(VerbContext context, IEnumerable<string> paths, int limit, CancellationToken cancellationToken)
    {
        try
        {
            ILookup<bool, string> kinds = paths.Select(path => Path.Combine(context.Environment.CurrentFolder, path))
                .ToLookup(path => Directory.Exists(path) && RetrievalSet.IsIn(path));
            EvalSet set = await EvalFiles.ReadAsync(EvalFiles.Find(kinds[false]), cancellationToken);
            var retrieval = ImmutableArray.CreateBuilder<RetrievalSet>();
            foreach (string folder in kinds[true])
            {
                retrieval.Add(await RetrievalSet.ReadAsync(folder, cancellationToken));
            }

            ImmutableArray<EvalRecord> records = Spread(set.Records, limit);
            retrieval.AddRange(RetrievalSet.Of(records));
            var input = new EvalInput(set with { Records = records }, retrieval.ToImmutable());
            foreach (string line in set.Notes.Concat(input.Problems.Select(problem => $"Left out: {problem}")))
            {
                await context.Error.WriteLineAsync(line);
            }

            return input.Set.Records.IsEmpty && input.Retrieval.All(found => found.Queries.IsEmpty)
                ? throw new VerbException(ExitCode.Usage, "No line is a record that can be scored; 'docs/evaluation.md' shows the form.")
                : input;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new VerbException(ExitCode.Usage, error.Message);
        }
    }

    // Evenly over all files and lines, so that every category keeps its part.
    private static ImmutableArray<EvalRecord> Spread(ImmutableArray<EvalRecord> records, int limit) =>
        limit <= 0 || limit >= records.Length ? records : [.. Enumerable.Range(0, limit).Select(i => records[(int)((long)i * records.Length / limit)])];
}
