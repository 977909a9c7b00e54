using System.Collections.Immutable;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Bridge.Calling;
using Bridge.Embedded;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Benchmarks;

/// <summary>What ranking and the embedded tool caller cost a prompt, the index being built.</summary>
public class EmbeddedBenchmarks
{
    private static readonly string[] s_verbs = ["create", "read", "update", "delete", "list", "search", "export", "archive", "approve", "print"];

    private static readonly string[] s_nouns =
        ["invoice", "customer", "ticket", "shipment", "calendar", "document", "playlist", "vehicle", "recipe", "contract"];

    private readonly RankedShortlister _shortlister = new();
    private readonly EmbeddedToolCaller _caller = new(TimeProvider.System);
    private readonly Prompt _prompt = "Please archive the shipment number 4711 of the Oslo region in thorough mode, and tell me when it is done.";
    private readonly Prompt _long = string.Concat(Enumerable.Repeat("The quick brown fox met 12 lazy dogs in Oslo. ", 2_200)) + "Archive the shipment number 4711.";
    private ImmutableArray<Tool> _tools = [];
    private ProposalRequest? _request;
    private ProposalRequest? _longRequest;

    /// <summary>How many tools there are.</summary>
    [Params(100, 1_000)]
    public int Tools { get; set; }

    /// <summary>Makes the tools.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _tools = [.. Enumerable.Range(0, Tools).Select(MakeTool)];
        _request = new ProposalRequest(_prompt, Shortlist.Of(_tools));
        _longRequest = new ProposalRequest(_long, Shortlist.Of(_tools));
    }

    /// <summary>The best 16 of all tools.</summary>
    [Benchmark]
    public int Shortlisting() => _shortlister.Pick(_prompt, _tools, 16).Length;

    /// <summary>A call, over all tools.</summary>
    [Benchmark]
    public async Task<int> Propose() => (await _caller.ProposeAsync(_request!, default)).Calls.Length;

    /// <summary>A call, from a prompt of 100,000 characters.</summary>
    [Benchmark]
    public async Task<int> ProposeFromLongPrompt() => (await _caller.ProposeAsync(_longRequest!, default)).Calls.Length;

    private static Tool MakeTool(int i)
    {
        string verb = s_verbs[i % s_verbs.Length];
        string noun = s_nouns[i / s_verbs.Length % s_nouns.Length];
        using JsonDocument schema = JsonDocument.Parse(
            """
            {"type":"object","properties":{"number":{"type":"integer","description":"The number of the record."},
             "region":{"type":"string","description":"The region, a city or a country."},
             "mode":{"type":"string","enum":["fast","thorough"]}},"required":["number"]}
            """);
        return Tool.Create(new ToolId("bench", $"{verb}_{noun}_{i}"), $"Can {verb} one {noun} of the company, by its number and region.", schema.RootElement);
    }
}
