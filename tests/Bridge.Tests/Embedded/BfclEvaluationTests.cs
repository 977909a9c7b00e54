using System.Globalization;
using System.Text.Json;
using Bridge.Calling;
using Bridge.Embedded;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Tests.Embedded;

public sealed class BfclEvaluationTests(ITestOutputHelper output)
{
    // A little below what was measured: a change that costs more than chance must say so.
    private static readonly Dictionary<string, double> s_floors = new()
    {
        ["irrelevance"] = 0.78,
        ["live_irrelevance"] = 0.82,
        ["live_multiple"] = 0.33,
        ["live_simple"] = 0.30,
        ["multiple"] = 0.58,
        ["parallel"] = 0.23,
        ["parallel_multiple"] = 0.05,
        ["simple_python"] = 0.55,
    };

    [Fact]
    public async Task ProposeAsync_PublicDevelopmentRecords_StaysAboveItsFloors()
    {
        string folder = TestData.Require("eval/bfcl-dev");
        var caller = new EmbeddedToolCaller(new ManualTimeProvider());
        var right = new SortedDictionary<string, (int Right, int All)>(StringComparer.Ordinal);
        var invalid = new List<string>();

        // For whoever improves the caller: a file that gets every proposal beside what was expected.
        using StreamWriter? log = Environment.GetEnvironmentVariable("BRIDGE_EVAL_LOG") is { Length: > 0 } path ? new StreamWriter(path) : null;
        foreach (BfclRecord record in BfclRecord.ReadAll(folder))
        {
            List<(string Name, JsonElement Arguments)> calls = await ProposeAsync(caller, record, invalid);
            string? mistake = BfclScorer.Mistake(record, calls);
            (int Right, int All) tally = right.GetValueOrDefault(record.Category);
            right[record.Category] = (tally.Right + (mistake is null ? 1 : 0), tally.All + 1);
            log?.WriteLine(JsonSerializer.Serialize(new
            {
                record.Id, record.Category, mistake, text = record.Prompt.UserText,
                calls = calls.Select(call => new { name = call.Name, arguments = call.Arguments }), record.Expected,
            }));
        }

        foreach ((string category, (int good, int all)) in right)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{category,-24} {good,4} / {all,4}  {good / (double)all:P1}"));
        }

        invalid.Should().BeEmpty();
        foreach ((string category, double floor) in s_floors)
        {
            (right[category].Right / (double)right[category].All).Should().BeGreaterThan(floor, category);
        }
    }

    private static async Task<List<(string Name, JsonElement Arguments)>> ProposeAsync(EmbeddedToolCaller caller, BfclRecord record, List<string> invalid)
    {
        var shortlist = Shortlist.Of(record.Tools);
        Proposal proposal = await caller.ProposeAsync(new ProposalRequest(record.Prompt, shortlist), TestContext.Current.CancellationToken);
        proposal.Confidence.Should().BeInRange(0, 1);
        var calls = new List<(string, JsonElement)>();
        foreach (ProposedCall call in proposal.Calls)
        {
            Tool tool = shortlist.Find(call.WireName)!;
            JsonElement arguments = JsonDocument.Parse(call.Arguments).RootElement;
            calls.Add((tool.Id.Name, arguments));
            if (!tool.Schema.Validate(arguments).IsEmpty)
            {
                invalid.Add($"{record.Id}: {arguments}");
            }
        }

        return calls;
    }
}
