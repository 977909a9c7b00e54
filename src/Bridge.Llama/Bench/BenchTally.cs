using Bridge.Llama.Decoding;

namespace Bridge.Llama.Bench;

/// <summary>Adds up what was measured of each way.</summary>
/// <param name="ways">How many ways there are.</param>
internal sealed class BenchTally(int ways)
{
    private readonly List<double>[] _whole = [.. Enumerable.Range(0, ways).Select(_ => new List<double>())];
    private readonly List<double>[] _writing = [.. Enumerable.Range(0, ways).Select(_ => new List<double>())];
    private readonly int[] _batches = new int[ways];
    private readonly List<int> _own = [];
    private readonly List<int> _written = [];
    private int _guessed;
    private int _accepted;

    /// <summary>The tokens that a prompt did not share with those before, on average.</summary>
    public double OwnTokens => _own.Average();

    /// <summary>The tokens of a call, on average.</summary>
    public double CallTokens => _written.Average();

    /// <summary>How far guesses came true.</summary>
    public BenchDrafts Drafts => new(_guessed, _accepted);

    /// <summary>Adds a call.</summary>
    public void Add(int way, bool readBefore, double milliseconds, CallGeneration generation)
    {
        (readBefore ? _writing : _whole)[way].Add(milliseconds);
        if (readBefore)
        {
            _batches[way] += generation.Batches;
            _guessed += generation.GuessedTokens;
            _accepted += generation.AcceptedTokens;
        }
        else
        {
            _own.Add(generation.Prompt.Length - generation.SharedTokens);
            _written.Add(generation.WrittenTokens);
        }
    }

    /// <summary>What was measured of a way.</summary>
    public BenchWay Way(int way, string name) => new(name, _writing[way].Average(), _whole[way].Average(), (double)_batches[way] / _writing[way].Count);

    /// <summary>The middle of some numbers.</summary>
    public static double Median(List<double> numbers)
    {
        numbers.Sort();
        return (numbers[(numbers.Count - 1) / 2] + numbers[numbers.Count / 2]) / 2;
    }
}
