using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Running;
using Bridge.Host.Output;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary>Asks for the records that have no prediction yet.</summary>
/// <param name="context">The run.</param>
/// <param name="set">The records.</param>
/// <param name="caller">The tool caller.</param>
internal sealed class EvalRun(VerbContext context, EvalSet set, string caller)
{
    /// <summary>The file of predictions; <see langword="null"/> for none.</summary>
    public string? Out { get; init; }

    /// <summary>How many are asked at once.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Asks.</summary>
    /// <param name="runner">Who asks.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>The predictions of this run and those that were kept.</returns>
    public async Task<EvalAnswers> AskAsync(EvalRunner runner, CancellationToken cancellationToken)
    {
        using PredictionFile? file = Out is null ? null : Open(Path.Combine(context.Environment.CurrentFolder, Out));
        var answers = new EvalAnswers(set.Records, Kept(file));
        if (file is not null && (answers.Kept > 0 || file.Broken > 0))
        {
            await context.Error.WriteLineAsync(
                $"'{Out}' holds {answers.Kept} of {set.Records.Length} predictions; they are kept.{(file.Broken > 0 ? $" {file.Broken} broken lines were taken out." : "")}");
        }

        using var bar = new EvalBar(context.Environment, set.Records.Length, answers.Kept);
        try
        {
            await runner.RunAsync(
                answers.Open,
                Parallel,
                (record, prediction) =>
                {
                    file?.Add(prediction);
                    answers.Add(prediction);
                    bar.Step();
                },
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && file is not null)
        {
            bar.Clear();
            throw new VerbException(
                ExitCode.Interrupted, $"Interrupted: '{Out}' holds {answers.Count} of {set.Records.Length} predictions, and the same command goes on with the rest.");
        }
        catch (CallerUnavailableException error)
        {
            bar.Clear();
            throw new VerbException(ExitCode.Failed, $"{error.Message} {answers.Count} of {set.Records.Length} records were answered.");
        }

        return answers;
    }

    private static PredictionFile Open(string path)
    {
        try
        {
            return PredictionFile.Open(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VerbException(ExitCode.Usage, $"Predictions cannot be kept: {error.Message}");
        }
    }

    private IEnumerable<Prediction> Kept(PredictionFile? file)
    {
        if (file is null)
        {
            return [];
        }

        if (file.Kept.Values.FirstOrDefault(prediction => prediction.Caller is { } other && other != caller) is { } foreign)
        {
            throw new VerbException(ExitCode.Usage, $"'{Out}' holds predictions of '{foreign.Caller}', and '{caller}' is asked. Name another file.");
        }

        return file.Kept.Values;
    }
}
