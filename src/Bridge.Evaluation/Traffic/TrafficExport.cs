using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Redaction;
using Bridge.Traffic;

namespace Bridge.Evaluation.Traffic;

/// <summary>Makes records of kept prompts: what was called and succeeded is taken to be right. Not thread-safe.</summary>
public sealed class TrafficExport
{
    private readonly Dictionary<string, Asked> _asked = new(StringComparer.Ordinal);
    private int _redacted;
    private int _unanswered;
    private int _read;

    /// <summary>Takes a kept prompt.</summary>
    /// <param name="kept">The prompt.</param>
    /// <exception cref="InvalidDataException">It is not of the form in which prompts are kept.</exception>
    public void Add(KeptPrompt kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        _read++;
        try
        {
            Add(kept.Json, kept.Place);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{kept.Place} is no kept prompt: {error.Message}", error);
        }
    }

    /// <summary>The records of all prompts that were taken.</summary>
    /// <returns>The records, in the order in which they were first asked, and what was left out.</returns>
    public TrafficRecords ToRecords()
    {
        ILookup<bool, Asked> agreed = _asked.Values.ToLookup(asked => asked.Answers.Count == 1);
        return new TrafficRecords(
            _read,
            [.. agreed[true].Select(asked => TrafficLines.Write(asked.Prompt, asked.Answers.Keys.Single()))],
            [.. agreed[false].Select(asked => new Contradiction(asked.Text, [.. asked.Answers.Select(answer => (TrafficLines.Say(answer.Key), answer.Value.ToImmutableArray()))]))],
            _unanswered,
            _redacted);
    }

    private void Add(JsonElement prompt, string place)
    {
        JsonElement calls = prompt.GetProperty("calls");
        if (prompt.GetProperty("outcome").GetString() != "called"
            || !calls.EnumerateArray().All(call => call.GetProperty("status").GetString() == "succeeded"))
        {
            _unanswered++;
            return;
        }

        // What stands for a secret was never said.
        if (calls.GetRawText().Contains(SecretRedactor.Mark, StringComparison.Ordinal))
        {
            _redacted++;
            return;
        }

        string question = TrafficLines.KeyOf(prompt), answer = TrafficLines.AnswerOf(calls);
        if (!_asked.TryGetValue(question, out Asked? asked))
        {
            _asked.Add(question, asked = new Asked(prompt, TrafficLines.TextOf(prompt)));
        }

        if (!asked.Answers.TryGetValue(answer, out List<string>? places))
        {
            asked.Answers.Add(answer, places = []);
        }

        places.Add(place);
    }

    private sealed record Asked(JsonElement Prompt, string Text)
    {
        public Dictionary<string, List<string>> Answers { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>The records that kept prompts came to.</summary>
/// <param name="Read">How many prompts were read.</param>
/// <param name="Lines">The records, a line each; a prompt that came again is there once.</param>
/// <param name="Contradictions">Prompts left out because the same words to the same tools led to different calls.</param>
/// <param name="Unanswered">Prompts left out because not all their calls succeeded, or there were none.</param>
/// <param name="Redacted">Prompts left out because a secret was an argument.</param>
public sealed record TrafficRecords(int Read, ImmutableArray<string> Lines, ImmutableArray<Contradiction> Contradictions, int Unanswered, int Redacted);

/// <summary>A prompt with several answers.</summary>
/// <param name="Text">What the user said.</param>
/// <param name="Answers">What was called, and where that is kept.</param>
public sealed record Contradiction(string Text, ImmutableArray<(string Calls, ImmutableArray<string> Places)> Answers)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"'{Text}' has several answers: {string.Join("; ", Answers.Select(answer => $"{answer.Calls} ({string.Join(", ", answer.Places.Take(3))}{(answer.Places.Length > 3 ? $" and {answer.Places.Length - 3} more" : "")})"))}.";
}
