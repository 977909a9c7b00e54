using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Evaluation.Records;
using Bridge.Tools;

namespace Bridge.Training.Records;

/// <summary>Everything there is to learn from.</summary>
/// <param name="Records">The records.</param>
/// <param name="Tools">Tools, for which no record asks as well.</param>
internal sealed record TrainingData(ImmutableArray<TrainingRecord> Records, ImmutableArray<Tool> Tools)
{
    /// <summary>Names that right arguments hold: short texts that begin with a capital.</summary>
    public ImmutableArray<string> Names =>
    [
        .. Records.SelectMany(record => record.Record.Expected).SelectMany(call => call.Arguments).SelectMany(argument => argument.Accepted.Take(1))
            .Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)
            .Where(text => text.Length is > 2 and < 20 && char.IsUpper(text[0])).Distinct(),
    ];

    private const int MaxDialogueTurns = 7;
    private const int DialogueShare = 8;

    /// <summary>Reads what a folder of data holds: <c>eval/bfcl-dev</c>, <c>eval/retrieval</c>, <c>train/toolalpaca.jsonl</c>, and, where asked for, <c>train/sgd_*</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="dialogues">Whether to learn from Schema-Guided Dialogue, whose licence is share-alike, too.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The data.</returns>
    /// <exception cref="FileNotFoundException">A part is missing.</exception>
    public static async Task<TrainingData> ReadAsync(string folder, bool dialogues, CancellationToken cancellationToken)
    {
        var records = ImmutableArray.CreateBuilder<TrainingRecord>();
        ImmutableArray<TrainingRecord> leaderboard = await ReadAsync(Path.Combine(folder, "eval", "bfcl-dev"), Origin.Leaderboard, cancellationToken).ConfigureAwait(false);
        records.AddRange(leaderboard);
        (ImmutableArray<TrainingRecord> seal, ImmutableArray<Tool> tools) = await SealRecords.ReadAsync(Path.Combine(folder, "eval", "retrieval"), cancellationToken).ConfigureAwait(false);
        records.AddRange(seal);
        records.AddRange(await ReadAsync(Path.Combine(folder, "train", "toolalpaca.jsonl"), Origin.ToolAlpaca, cancellationToken).ConfigureAwait(false));
        if (dialogues)
        {
            ImmutableArray<TrainingRecord> turns = await ReadAsync(Path.Combine(folder, "train", "sgd_train.jsonl.gz"), Origin.Dialogue, cancellationToken).ConfigureAwait(false);
            records.AddRange(WithoutServicesOf(leaderboard, turns));
        }

        return new TrainingData(records.ToImmutable(), [.. tools, .. leaderboard.SelectMany(record => record.Record.Tools)]);
    }

    /// <summary>The data with the user's own records.</summary>
    /// <param name="own">The records.</param>
    public TrainingData With(ImmutableArray<EvalRecord> own) => new(
        [.. Records, .. own.Select(record => new TrainingRecord(record, Origin.Own))],
        [.. Tools, .. own.SelectMany(record => record.Tools).Distinct()]);

    private static async Task<ImmutableArray<TrainingRecord>> ReadAsync(string path, Origin origin, CancellationToken cancellationToken)
    {
        EvalSet set = await EvalFiles.ReadAsync(EvalFiles.Find(path), cancellationToken).ConfigureAwait(false);
        return [.. set.Records.Select(record => new TrainingRecord(record, origin))];
    }

    // The leaderboard's live records share services with the dialogues: what is learned from these must not be measured on those.
    private static IEnumerable<TrainingRecord> WithoutServicesOf(ImmutableArray<TrainingRecord> leaderboard, ImmutableArray<TrainingRecord> turns)
    {
        HashSet<string> shared = [.. leaderboard.SelectMany(record => record.Record.Tools).Select(tool => ServiceOf(tool.Id.Name))];
        int seen = 0;
        return turns.Where(turn => turn.IsSingle && turn.Record.Prompt.Messages.Length <= MaxDialogueTurns
            && !turn.Record.Tools.Any(tool => shared.Contains(ServiceOf(tool.Id.Name))) && seen++ % DialogueShare == 0);
    }

    // "Hotels_2_SearchHouse" is of the service "Hotels_2".
    private static string ServiceOf(string tool) => tool.LastIndexOf('_') is > 0 and int cut ? tool[..cut] : tool;
}
