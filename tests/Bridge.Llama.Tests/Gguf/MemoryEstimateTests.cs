using Bridge.Llama.Gguf;
using Bridge.Llama.Synthesis;

namespace Bridge.Llama.Tests.Gguf;

/// <summary>The expected numbers are what llama.cpp 0.5.0 wrote that it reserved for these shapes.</summary>
public class MemoryEstimateTests
{
    private const long MiB = 1 << 20;

    private static readonly ModelFacts s_small = Facts(ModelShape.Qwen05B, 4.5);
    private static readonly ModelFacts s_large = Facts(ModelShape.Llama8B, 8.5);

    [Theory]
    [InlineData(4096, 48)]
    [InlineData(32_768, 384)]
    public void Of_Cache_IsWhatIsReserved(int context, long expected) =>
        MemoryEstimate.Of(s_small, new MemoryPlan(context)).Cache.Should().Be(expected * MiB);

    [Theory]
    [InlineData(4096, 512, 39.51)]
    [InlineData(32_768, 512, 67.51)]
    [InlineData(4096, 128, 9.88)]
    [InlineData(4096, 2048, 158.05)]
    public void Of_Buffer_IsCloseToWhatIsReserved(int context, int batch, double expected) =>
        (MemoryEstimate.Of(s_small, new MemoryPlan(context) { Batch = batch, Outputs = 1 }).Compute / (double)MiB).Should().BeInRange(expected, expected * 1.07);

    [Fact]
    public void Of_BufferForEveryOutput_IsCloseToWhatIsReserved() =>
        (MemoryEstimate.Of(s_small, new MemoryPlan(4096) { Outputs = 512 }).Compute / (double)MiB).Should().BeInRange(300.25, 300.25 + 300);

    [Fact]
    public void Of_QuantisedCache_IsSmaller()
    {
        MemoryEstimate half = MemoryEstimate.Of(s_small, new MemoryPlan(4096) { CacheType = TensorType.Q8 });
        half.Cache.Should().Be(48 * MiB * 34 / 64);
    }

    [Fact]
    public void Of_LayersWithoutAttention_NeedNoCache()
    {
        ModelFacts facts = s_small with { Dimensions = s_small.Dimensions with { KeyValueHeads = [0, 0, 2, 0] } };
        MemoryEstimate.Of(facts, new MemoryPlan(4096)).Cache.Should().Be(2 * MiB);
    }

    [Fact]
    public void Of_NumbersNoModelHas_DoesNotWrapAround()
    {
        ModelFacts facts = s_small with { Dimensions = s_small.Dimensions with { KeyValueHeads = [int.MaxValue, int.MaxValue], KeyLength = int.MaxValue, ValueLength = int.MaxValue } };
        MemoryFit.Of(facts, new MemoryPlan(int.MaxValue), long.MaxValue / 8).Fits.Should().BeFalse();
    }

    [Fact]
    public void Fit_EnoughMemory_SaysWhatItTakes()
    {
        MemoryFit fit = MemoryFit.Of(s_small, new MemoryPlan(8192), 4096 * MiB);
        fit.Fits.Should().BeTrue();
        fit.Sentence.Should().StartWith("With a context of 8,192 tokens it takes about").And.EndWith("4.0 GiB are free.");
    }

    [Theory]
    [InlineData(12_000, "a context of 16,384 tokens fits")]
    [InlineData(9_000, "a context of 4,096 tokens fits")]
    [InlineData(8_600, "a context of 2,048 tokens fits")]
    [InlineData(8_450, "a context of 2,048 tokens with a cache of Q8_0 fits")]
    [InlineData(6_500, "the same model as Q5_K_M")]
    [InlineData(3_600, "the same model as Q2_K")]
    [InlineData(1_000, "a smaller model is needed")]
    public void Fit_TooLittleMemory_SaysWhatWouldFit(long available, string expected)
    {
        MemoryFit fit = MemoryFit.Of(s_large, new MemoryPlan(131_072), available * MiB);
        fit.Fits.Should().BeFalse();
        fit.Sentence.Should().Contain(expected);
    }

    [Fact]
    public void Free_OnAnyMachine_IsSomething() => FreeMemory.Bytes().Should().BeGreaterThan(16 * MiB);

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1_288_490_189, "1.2 GiB")]
    [InlineData(long.MaxValue, "8388608.0 TiB")]
    public void ByteSize_SaysSizes(long bytes, string expected) => ByteSize.Text(bytes).Should().Be(expected);

    private static ModelFacts Facts(ModelShape shape, double bits)
    {
        long layer = (2L * shape.Embedding * shape.Embedding) + (2L * shape.Embedding * shape.KeyValueHeads * shape.HeadSize) + (3L * shape.Embedding * shape.FeedForward);
        long parameters = (shape.Layers * layer) + ((shape.TiedEmbeddings ? 1L : 2L) * shape.Embedding * shape.Vocabulary);
        ModelDimensions dimensions = new(
            shape.Layers, shape.Embedding, shape.FeedForward, shape.Heads, [.. Enumerable.Repeat(shape.KeyValueHeads, shape.Layers)], shape.HeadSize, shape.HeadSize);
        TokenizerFacts tokenizer = new("gpt2", null, shape.Vocabulary, null, null, null, null, null, new Dictionary<string, string>());
        return new ModelFacts(
            shape.Architecture, shape.Name, "", "", parameters, (long)(parameters * bits / 8), shape.Context, dimensions, tokenizer, null, false, 0, [], 0);
    }
}
