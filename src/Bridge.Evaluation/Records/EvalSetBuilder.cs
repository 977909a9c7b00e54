using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Evaluation.Originals;

namespace Bridge.Evaluation.Records;

/// <summary>Collects records, and what is wrong with lines. Not thread-safe.</summary>
internal sealed class EvalSetBuilder
{
    private readonly ImmutableArray<EvalRecord>.Builder _records = ImmutableArray.CreateBuilder<EvalRecord>();
    private readonly ImmutableArray<RecordProblem>.Builder _problems = ImmutableArray.CreateBuilder<RecordProblem>();
    private readonly Dictionary<string, int> _notes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly RecordReader _reader;

    public EvalSetBuilder() => _reader = new RecordReader(new RecordTools(), note => _notes[note] = _notes.GetValueOrDefault(note) + 1);

    /// <summary>The tools of each server, for records that name <c>services</c> in place of tools.</summary>
    public ServerTools Servers
    {
        set => _reader.Servers = value;
    }

    /// <summary>Reads a line.</summary>
    /// <param name="file">Where it lies.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="line">The line.</param>
    /// <param name="category">The category where the record names none.</param>
    public void Add(string file, int number, string line, string category)
    {
        string? id = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            EvalRecord record = _reader.Read(document.RootElement.Clone(), category, out id);
            _records.Add(_ids.Add(record.Id) ? record : throw new RecordException(RecordProblemKind.Contradictory, "The id was there before: the first record counts."));
        }
        catch (JsonException error)
        {
            _problems.Add(new RecordProblem(file, number, id, RecordProblemKind.Broken, $"The line is not JSON: {error.Message}"));
        }
        catch (RecordException error)
        {
            _problems.Add(new RecordProblem(file, number, id, error.Kind, error.Message));
        }
    }

    /// <summary>Adds what a file of another form holds.</summary>
    /// <param name="file">Where it lies.</param>
    /// <param name="original">What it holds.</param>
    /// <param name="category">The category where a record names none.</param>
    public void Add(string file, OriginalSet original, string category)
    {
        Servers = ServerTools.Shared(OriginalSet.SharedService, original.Tools);
        foreach (string note in original.Notes)
        {
            _notes[note] = 1;
        }

        foreach (OriginalRecord record in original.Records)
        {
            if (record.Json is { } json)
            {
                Add(file, record.Number, json, category);
            }
            else
            {
                _problems.Add(new RecordProblem(file, record.Number, record.Id, record.Contradictory ? RecordProblemKind.Contradictory : RecordProblemKind.Broken, record.Problem!));
            }
        }
    }

    /// <summary>What was read.</summary>
    public EvalSet ToSet() => new(
        _records.ToImmutable(),
        _problems.ToImmutable(),
        [.. _notes.Select(note => note.Value == 1 ? note.Key : $"{note.Key} ({note.Value} times)")]);
}
