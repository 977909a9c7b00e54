using System.Collections.Immutable;
using System.Diagnostics;
using Bridge.Calling;
using Bridge.Embedded;
using Bridge.Evaluation.Records;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Benchmarks;

/// <summary>How long the embedded tool caller takes over real prompts, each with eight tools: its own, filled up with those of others.</summary>
internal static class EmbeddedLatency
{
    private const int Tools = 8;
    private const int Rounds = 4; // the first compile the code and meet each tool for the first time

    public static async Task RunAsync()
    {
        EvalSet set = await EvalFiles.ReadAsync(EvalFiles.Find(TestData.Require("eval/bfcl-dev")));
        ProposalRequest[] requests = Draw(set.Records);
        var caller = new EmbeddedToolCaller(TimeProvider.System);
        for (int round = 1; round <= Rounds; round++)
        {
            double[] times = new double[requests.Length];
            long before = GC.GetTotalAllocatedBytes();
            for (int i = 0; i < requests.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                await caller.ProposeAsync(requests[i], CancellationToken.None);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            long each = (GC.GetTotalAllocatedBytes() - before) / requests.Length;
            Array.Sort(times);
            Console.WriteLine($"round {round}: p50 {At(times, 50):F2} ms, p95 {At(times, 95):F2} ms, p99 {At(times, 99):F2} ms, mean {times.Average():F2} ms, {each / 1024} KiB a prompt ({requests.Length} prompts, {Tools} tools each)");
        }
    }

    private static ProposalRequest[] Draw(ImmutableArray<EvalRecord> records)
    {
        Tool[] all = [.. records.SelectMany(record => record.Tools).DistinctBy(tool => tool.Id.Name)];
        var random = new Random(5);
        return [.. records.Select(record => new ProposalRequest(record.Prompt, Shortlist.Of(Fill(record.Tools, all, random))))];
    }

    private static ImmutableArray<Tool> Fill(ImmutableArray<Tool> own, Tool[] all, Random random)
    {
        List<Tool> tools = [.. own.Take(Tools)];
        while (tools.Count < Tools)
        {
            Tool other = all[random.Next(all.Length)];
            if (tools.TrueForAll(tool => tool.Id.Name != other.Id.Name))
            {
                tools.Add(other);
            }
        }

        return [.. tools];
    }

    private static double At(double[] sorted, int percent) => sorted[sorted.Length * percent / 100];
}
