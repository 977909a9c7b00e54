using System.Collections.Immutable;
using Bridge.Configuration;
using Bridge.Profiles;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Storage;
using Bridge.TestKit;
using Bridge.Tests.Shortlisting;
using Bridge.Tools;
using Bridge.Vectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Tests.Vectors;

public sealed class FusedShortlisterTests : IDisposable
{
    private const string Wet = "Will I get wet tomorrow?";

    private readonly ImmutableArray<Tool> _tools = [.. ToolFactory.Many(100), ToolFactory.Make("forecast", "Rain of the coming days")];
    private readonly FakeEmbeddings _embeddings = new();
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger<EmbeddingCalls> _log = new();
    private readonly InMemoryBridgeStore _store = new();
    private readonly BridgeOptions _options = new() { Shortlisting = { Embeddings = "fake/small" } };
    private readonly ToolVectors _vectors;
    private readonly FusedShortlister _shortlister;

    public FusedShortlisterTests()
    {
        _embeddings.Answer = (texts, _) => Task.FromResult(texts.Select(Embed).ToArray());
        (_vectors, _shortlister) = Make();
    }

    public void Dispose() => _vectors.Dispose();

    [Fact]
    public async Task Pick_VectorsThere_FindsWhatNoWordSays()
    {
        var first = new TaskCompletionSource();
        _embeddings.Answer = async (texts, _) =>
        {
            await (texts is [Wet] ? Task.CompletedTask : first.Task); // else the tools' vectors may be there already
            return [.. texts.Select(Embed)];
        };

        (await PickAsync(Wet)).Should().NotContain("forecast");
        first.SetResult();
        await _vectors.Work;

        (await PickAsync(Wet)).Should().HaveCount(5).And.Contain("forecast");
        string[] embedded = [.. _embeddings.Asked.SelectMany(texts => texts).Where(text => text != Wet)];
        embedded.Should().OnlyHaveUniqueItems().And.HaveCount(_tools.Length).And.Contain("forecast: Rain of the coming days");
    }

    [Fact]
    public async Task Pick_WordsAndVectorsAgree_StaysWhatWordsFound()
    {
        await PickAsync(Wet);
        await _vectors.Work;

        string said = $"{_tools[42].Id.Name}";
        (await PickAsync(said)).Should().Contain(_tools[42].Id.Name);
    }

    [Fact]
    public async Task Pick_AfterARestart_TakesVectorsFromTheStore()
    {
        await PickAsync(Wet);
        await _vectors.Work;
        int before = _embeddings.Asked.Count;
        (ToolVectors vectors, FusedShortlister again) = Make();
        using ToolVectors kept = vectors;

        await again.PickAsync(Wet, _tools, 5, TestContext.Current.CancellationToken);
        await vectors.Work;

        _embeddings.Asked.Skip(before).Should().ContainSingle().Which.Should().Equal(Wet);
        (await again.PickAsync(Wet, _tools, 5, TestContext.Current.CancellationToken)).Select(tool => tool.Id.Name).Should().Contain("forecast");
    }

    [Fact]
    public async Task Pick_EndpointFails_RanksByWordsAndLeavesItAloneForAWhile()
    {
        _embeddings.Answer = (_, _) => throw new InvalidOperationException("no such host");

        (await PickAsync("List the invoices")).Should().Equal(ByWords("List the invoices"));
        await _vectors.Work;
        int asked = _embeddings.Asked.Count;
        (await PickAsync("List the hotels")).Should().Equal(ByWords("List the hotels"));
        _embeddings.Asked.Should().HaveCount(asked, "it rests");
        _log.Entries.Select(entry => entry.Message).Should().Contain(message => message.Contains("'fake/small' gave no embeddings") && message.Contains("no such host"));

        _time.Advance(TimeSpan.FromSeconds(31));
        await PickAsync("List the flights");
        await _vectors.Work;
        _embeddings.Asked.Count.Should().BeGreaterThan(asked);
    }

    [Fact]
    public async Task Pick_EndpointThatNeverAnswers_WaitsNoLongerThanAllowed()
    {
        var asked = new TaskCompletionSource();
        _embeddings.Answer = (texts, _) =>
        {
            if (texts is [Wet])
            {
                asked.TrySetResult();
            }

            return new TaskCompletionSource<float[][]>().Task; // does not listen to its token either
        };

        Task<string[]> picking = PickAsync(Wet);
        await asked.Task;
        picking.IsCompleted.Should().BeFalse();
        _time.Advance(_options.Shortlisting.EmbeddingTimeout + TimeSpan.FromMilliseconds(1));

        (await picking).Should().Equal(ByWords(Wet));
        _log.Entries.Select(entry => entry.Message).Should().Contain(message => message.Contains("longer than 500 ms"));
    }

    [Fact]
    public async Task Pick_VectorsThatDoNotFit_AreNotUsed()
    {
        _embeddings.Answer = (texts, _) => Task.FromResult(texts.Select((_, i) => new float[(i % 2) + 1]).Append([float.NaN]).ToArray());

        (await PickAsync("List the invoices")).Should().Equal(ByWords("List the invoices"));
        _log.Entries.Select(entry => entry.Message).Should().Contain(message => message.Contains("vectors of one length"));
    }

    [Theory]
    [InlineData("fake/none")]
    [InlineData("other/small")]
    public async Task Pick_NameThatNothingServes_RanksByWordsAndSaysSo(string name)
    {
        _options.Shortlisting.Embeddings = name;

        (await PickAsync("List the invoices")).Should().Equal(ByWords("List the invoices"));
        _log.Entries.Select(entry => entry.Message).Should().Contain(message => message.Contains($"'{name}' gives no embeddings"));
    }

    [Fact]
    public async Task Pick_PromptIsCancelled_EndsTheWaiting()
    {
        _embeddings.Answer = (_, _) => new TaskCompletionSource<float[][]>().Task;
        using var cancel = new CancellationTokenSource();

        Task picking = _shortlister.PickAsync(Wet, _tools, 5, cancel.Token).AsTask();
        await cancel.CancelAsync();

        await FluentActions.Awaiting(() => picking).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Pick_NoModelOfEmbeddings_IsThereAtOnceAndAllocatesNoMoreThanWords()
    {
        _options.Shortlisting.Embeddings = null;
        Prompt prompt = "List the invoices";
        var words = new RankedShortlister();
        long more = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            words.Pick(prompt, _tools, 5);
            long byWords = GC.GetAllocatedBytesForCurrentThread() - before;
            before = GC.GetAllocatedBytesForCurrentThread();
            ValueTask<ImmutableArray<Tool>> picking = _shortlister.PickAsync(prompt, _tools, 5, TestContext.Current.CancellationToken);
            long fused = GC.GetAllocatedBytesForCurrentThread() - before;
            picking.IsCompletedSuccessfully.Should().BeTrue();
            more = Math.Min(more, fused - byWords);
        }

        more.Should().BeLessThanOrEqualTo(0);
        _embeddings.Asked.Should().BeEmpty();
    }

    private (ToolVectors Vectors, FusedShortlister Shortlister) Make()
    {
        var model = new EmbeddingModel([_embeddings], new ModelsState(), new ChangingOptions<BridgeOptions>(_options));
        var calls = new EmbeddingCalls(model, _time, _log);
        var vectors = new ToolVectors(model, calls, _store, NullLogger<ToolVectors>.Instance);
        return (vectors, new FusedShortlister(new RankedShortlister(), model, calls, vectors));
    }

    private static float[] Embed(string text) => text.Contains("wet", StringComparison.Ordinal) || text.Contains("Rain", StringComparison.Ordinal) ? [2, 0.1f] : [0.1f, 2];

    private async Task<string[]> PickAsync(string prompt) =>
        [.. (await _shortlister.PickAsync(prompt, _tools, 5, TestContext.Current.CancellationToken)).Select(tool => tool.Id.Name)];

    private string[] ByWords(string prompt) => [.. new RankedShortlister().Pick(prompt, _tools, 5).Select(tool => tool.Id.Name)];
}
