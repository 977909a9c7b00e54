using System.Collections.Concurrent;
using System.Collections.Immutable;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;

namespace Bridge.Evaluation.Running;

/// <summary>The records of an evaluation and the predictions there are. Thread-safe.</summary>
public sealed class EvalAnswers
{
    private readonly ImmutableArray<EvalRecord> _records;
    private readonly ConcurrentDictionary<string, Prediction> _predictions = new(StringComparer.Ordinal);

    /// <summary>Begins with predictions that were made before.</summary>
    /// <param name="records">The records.</param>
    /// <param name="kept">The predictions; those of other records, and of records that have changed since, do not count.</param>
    public EvalAnswers(ImmutableArray<EvalRecord> records, params IEnumerable<Prediction> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        _records = records;
        Dictionary<string, string> hashes = records.ToDictionary(record => record.Id, record => record.Hash, StringComparer.Ordinal);
        foreach (Prediction prediction in kept)
        {
            if (hashes.TryGetValue(prediction.Id, out string? hash) && (prediction.RecordHash is null || prediction.RecordHash == hash))
            {
                _predictions[prediction.Id] = prediction;
            }
        }

        Kept = _predictions.Count;
        Open = [.. records.Where(record => !_predictions.ContainsKey(record.Id))];
    }

    /// <summary>How many predictions were there at the beginning.</summary>
    public int Kept { get; }

    /// <summary>The records that had none then.</summary>
    public ImmutableArray<EvalRecord> Open { get; }

    /// <summary>How many predictions there are.</summary>
    public int Count => _predictions.Count;

    /// <summary>The records that have a prediction, in their order.</summary>
    public ImmutableArray<(EvalRecord Record, Prediction Prediction)> All =>
        [.. _records.Where(record => _predictions.ContainsKey(record.Id)).Select(record => (record, _predictions[record.Id]))];

    /// <summary>Adds a prediction.</summary>
    /// <param name="prediction">The prediction.</param>
    public void Add(Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        _predictions[prediction.Id] = prediction;
    }
}
