using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Tools;
using Bridge.Training.Ranking;

namespace Bridge.Benchmarks;

/// <summary>What picking 16 of 10,000 tools costs: BM25 alone and ranked again, 100 public queries in turn.</summary>
public class RetrievalBenchmarks
{
    private const int Queries = 100;

    private readonly RankedShortlister _shortlister = new();
    private ImmutableArray<Tool> _tools = [];
    private ImmutableArray<Prompt> _prompts = [];
    private Bm25Index? _index;

    /// <summary>Reads the tools and queries.</summary>
    [GlobalSetup]
    public void Setup()
    {
        RankerSet set = RetrievalSet.Read();
        _tools = set.Tools;
        _prompts = [.. set.Queries.TakeLast(Queries).Select(query => (Prompt)query.Text)];
        _index = Bm25Index.For(_tools);
    }

    /// <summary>By words alone.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Queries)]
    public int Bm25()
    {
        int sum = 0;
        foreach (Prompt prompt in _prompts)
        {
            sum += RetrievalSet.PickByWords(_index!, prompt.UserText, 16).Length;
        }

        return sum;
    }

    /// <summary>As Bridge does it.</summary>
    [Benchmark(OperationsPerInvoke = Queries)]
    public int Ranked()
    {
        int sum = 0;
        foreach (Prompt prompt in _prompts)
        {
            sum += _shortlister.Pick(prompt, _tools, 16).Length;
        }

        return sum;
    }

    /// <summary>The index of all tools, their words being read.</summary>
    [Benchmark]
    public int Index() => Bm25IndexBuilder.Build(_tools).Count;
}
