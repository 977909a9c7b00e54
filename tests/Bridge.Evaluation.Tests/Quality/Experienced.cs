using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Evaluation.Retrieval;
using Bridge.Experience;
using Bridge.Hosting;
using Bridge.Shortlisting;
using Bridge.Tools;
using Bridge.Traffic;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Evaluation.Tests.Quality;

/// <summary>How well a shortlister does that knows what served earlier questions: some of a set's questions are kept as if they had been asked, others are asked.</summary>
internal static class Experienced
{
    private const int Asked = 2_000;

    private static readonly int[] s_kept = [300, 1_000, 3_000];

    /// <summary>Measures with 300, 1,000 and 3,000 questions kept; nothing where a set has too few.</summary>
    /// <param name="set">The tools and questions.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    public static async Task<ImmutableArray<RetrievalScore>> MeasureAsync(RetrievalSet set, CancellationToken cancellationToken)
    {
        var scores = ImmutableArray.CreateBuilder<RetrievalScore>();
        foreach (IGrouping<string, RetrievalQuery> kind in set.Queries.GroupBy(query => query.Kind))
        {
            RetrievalQuery[] queries = [.. kind];
            new Random(5).Shuffle(queries);
            foreach (int count in s_kept.Where(count => count + Asked <= queries.Length))
            {
                RetrievalSet asked = set with { Queries = [.. queries[^Asked..]] };
                scores.Add((await MeasureAsync(asked, queries[..count], cancellationToken))[^1] with { Kind = $"{kind.Key}_after_{count}" });
            }
        }

        return scores.ToImmutable();
    }

    /// <summary>Asks the questions of a set when others were kept.</summary>
    /// <param name="asked">The questions to ask.</param>
    /// <param name="kept">The others.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    public static async Task<ImmutableArray<RetrievalScore>> MeasureAsync(RetrievalSet asked, IEnumerable<RetrievalQuery> kept, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ITrafficLog>(new Kept([.. kept.Select(query => Line(query, asked.Tools))]));
        services.AddBridge(new ConfigurationBuilder().AddInMemoryCollection([new("Bridge:Shortlisting:Experience", "true")]).Build());
        await using ServiceProvider provider = services.BuildServiceProvider();
        IShortlister shortlister = provider.GetRequiredService<IShortlister>();
        await shortlister.PickAsync("Begin to read.", asked.Tools, 1, cancellationToken);
        await provider.GetRequiredService<EarlierRequests>().Reading!;
        return (await RetrievalScore.MeasureAsync(asked, shortlister, () => { }, cancellationToken)).Scores;
    }

    private static KeptPrompt Line(RetrievalQuery query, ImmutableArray<Tool> tools)
    {
        HashSet<string> served = [.. query.Relevant];
        return new KeptPrompt("kept", default, JsonSerializer.SerializeToElement(new
        {
            messages = new[] { new { role = "user", content = query.Text } },
            calls = tools.Where(tool => served.Contains(tool.Id.Name)).Select(tool => new { tool = tool.Id.ToString(), status = "succeeded" }),
        }));
    }

    private sealed class Kept(ImmutableArray<KeptPrompt> prompts) : ITrafficLog
    {
        public void Add(FinishedPrompt prompt)
        {
            // Nothing is asked of a model here.
        }

        public IAsyncEnumerable<KeptPrompt> ReadAsync(CancellationToken cancellationToken) => prompts.ToAsyncEnumerable();
    }
}
