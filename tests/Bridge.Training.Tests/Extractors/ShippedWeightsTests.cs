using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Bridge.Calling;
using Bridge.Embedded;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Scoring;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Training.Tests.Extractors;

/// <summary>What the weights that ship come to, by the published rules, on records they were trained on: a change that costs more than chance must say so.</summary>
public sealed class ShippedWeightsTests(ITestOutputHelper output)
{
    // A little below what was measured.
    private static readonly Dictionary<string, double> s_floors = new()
    {
        ["irrelevance"] = 0.92,
        ["live_irrelevance"] = 0.92,
        ["live_multiple"] = 0.72,
        ["live_simple"] = 0.63,
        ["multiple"] = 0.84,
        ["parallel"] = 0.53,
        ["parallel_multiple"] = 0.32,
        ["simple_python"] = 0.81,
    };

    [Fact]
    public async Task ProposeAsync_PublicRecords_StaysAboveItsFloorsAndIsNeverInvalid()
    {
        string folder = TestData.Require("eval/bfcl-dev");
        EvalSet set = await EvalFiles.ReadAsync(EvalFiles.Find(folder), TestContext.Current.CancellationToken);
        var caller = new EmbeddedToolCaller(new ManualTimeProvider());
        var invalid = new List<string>();
        var right = new SortedDictionary<string, (int Right, int All)>(StringComparer.Ordinal);
        foreach (EvalRecord record in set.Records)
        {
            ImmutableArray<PredictedCall> calls = await AskAsync(caller, record, invalid);
            bool good = CallRules.Mistake(record, new Prediction(record.Id, calls)) is null;
            (int Right, int All) tally = right.GetValueOrDefault(record.Category);
            right[record.Category] = (tally.Right + (good ? 1 : 0), tally.All + 1);
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

    private static async Task<ImmutableArray<PredictedCall>> AskAsync(EmbeddedToolCaller caller, EvalRecord record, List<string> invalid)
    {
        var shortlist = Shortlist.Of(record.Tools);
        Proposal proposal = await caller.ProposeAsync(new ProposalRequest(record.Prompt, shortlist), TestContext.Current.CancellationToken);
        proposal.Confidence.Should().BeInRange(0, 1);
        var calls = ImmutableArray.CreateBuilder<PredictedCall>();
        foreach (ProposedCall call in proposal.Calls)
        {
            Tool tool = shortlist.Find(call.WireName)!;
            JsonElement arguments = JsonElement.Parse(call.Arguments.Span);
            calls.Add(new PredictedCall(tool.Id.Name, arguments));
            call.Evidence.Should().NotBeNull();
            if (!tool.Schema.Validate(arguments).IsEmpty)
            {
                invalid.Add($"{record.Id}: {arguments}");
            }

            // No evidence, no value: every argument stands in the text or is a declared default.
            string text = record.Prompt.UserText;
            call.Evidence.Values.Where(evidence => !evidence.IsDefault && !text.Contains(evidence.Text!, StringComparison.Ordinal)).Should().BeEmpty(record.Id);
        }

        return calls.ToImmutable();
    }
}
