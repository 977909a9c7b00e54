using System.Globalization;
using Bridge.Llama.Gguf;
using Bridge.TestKit;
using Bridge.Llama.Synthesis;
using Bridge.TestKit.Gguf;

namespace Bridge.Llama.Tests.Gguf;

public sealed class ModelFactsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TinyModel_SaysWhatItIs()
    {
        ModelFacts facts = ModelFacts.Read(TinyModel.Write(PathOf("tiny.gguf"), GgufTensorType.Q8));

        facts.Architecture.Should().Be("llama");
        facts.Name.Should().Be("random tiny");
        facts.SizeLabel.Should().Be("647K");
        facts.Quantisation.Should().Be("Q8_0");
        facts.Parameters.Should().Be(647_040, "llama.cpp counts so many");
        facts.ContextLength.Should().Be(8192);
        facts.Dimensions.Should().BeEquivalentTo(new ModelDimensions(4, 128, 192, 4, [2, 2, 2, 2], 32, 32));
        facts.IsRecurrent.Should().BeFalse();
        facts.SlidingWindow.Should().BeNull();
        facts.FileBytes.Should().Be(new FileInfo(PathOf("tiny.gguf")).Length);

        BpeVocabulary vocabulary = TinyModel.Vocabulary();
        facts.Tokenizer.Kind.Should().Be("gpt2");
        facts.Tokenizer.Splitter.Should().Be("llama-bpe");
        facts.Tokenizer.Vocabulary.Should().Be(vocabulary.Tokens.Count);
        facts.Tokenizer.BeginOfText.Should().Be(vocabulary["<|endoftext|>"]);
        facts.Tokenizer.EndOfText.Should().Be(vocabulary["<|im_end|>"]);
        facts.Tokenizer.EndOfTurn.Should().Be(vocabulary["<|im_end|>"]);
        facts.Tokenizer.AddsBeginOfText.Should().BeFalse();
        facts.Tokenizer.ChatTemplate.Should().Be(ChatMarkup.Template);
    }

    [Fact]
    public void Read_WindowExpertsAndState_AreFound()
    {
        ModelFacts facts = Facts(writer => writer
            .Add("llama.attention.sliding_window", 4096u)
            .Add("llama.expert_count", 8u)
            .Add("llama.ssm.state_size", 16u)
            .Add("tokenizer.chat_template.tool_use", "named"));

        facts.SlidingWindow.Should().Be(4096);
        facts.Experts.Should().Be(8);
        facts.IsRecurrent.Should().BeTrue();
        facts.Tokenizer.NamedTemplates.Should().Equal(new Dictionary<string, string> { ["tool_use"] = "named" });
    }

    [Fact]
    public void Read_HeadsPerLayer_AreKept()
    {
        ModelFacts facts = Facts(writer => writer.Add("llama.attention.head_count_kv", [0, 4]), heads: false);

        facts.Dimensions.KeyValueHeads.Should().Equal(0, 4);
    }

    [Theory]
    [InlineData("general.architecture", "not a model")]
    [InlineData("tokenizer.ggml.model", "no tokenizer")]
    [InlineData("tokenizer.ggml.tokens", "no vocabulary")]
    [InlineData("llama.block_count", "not a complete model")]
    [InlineData("llama.context_length", "how many tokens")]
    public void Read_KeyAbsent_NamesIt(string key, string expected) =>
        Fault(without: key).Should().Contain($"'{key}'").And.Contain(expected);

    [Theory]
    [InlineData("llama.block_count", int.MaxValue)]
    [InlineData("llama.block_count", 0)]
    [InlineData("tokenizer.ggml.eos_token_id", 5)]
    public void Read_NumberThatCannotBe_NamesIt(string key, int value) =>
        Fault(key, writer => writer.Add(key, (uint)value)).Should().Contain($"'{key}'").And.Contain(value.ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Read_TextWhereNumberIsDue_SaysBoth() =>
        Fault("llama.block_count", writer => writer.Add("llama.block_count", "two")).Should().Contain("'llama.block_count'").And.Contain("'two'");

    [Fact]
    public void Read_ProjectorOfPictures_SaysItIsNoModel() =>
        Fault("general.type", writer => writer.Add("general.type", "mmproj")).Should().Contain("'mmproj'").And.Contain("cannot run alone");

    [Fact]
    public void Read_NoWeights_SaysSo() => Fault(without: "weights").Should().Contain("no weights");

    [Fact]
    public void Read_AnyPart_JoinsThem()
    {
        WriteParts(2);
        ModelFacts facts = ModelFacts.Read(PathOf("m-00002-of-00002.gguf"));

        facts.Files.Should().Equal(PathOf("m-00001-of-00002.gguf"), PathOf("m-00002-of-00002.gguf"));
        facts.Parameters.Should().Be(64);
        facts.FileBytes.Should().Be(facts.Files.Sum(file => new FileInfo(file).Length));
    }

    [Fact]
    public void Read_PartMissing_NamesIt()
    {
        WriteParts(2);
        File.Delete(PathOf("m-00002-of-00002.gguf"));
        FaultOf(PathOf("m-00001-of-00002.gguf")).Should().Contain("m-00002-of-00002.gguf").And.Contain("missing");
    }

    [Fact]
    public void Read_PartOfAnotherNumber_IsRefused()
    {
        WriteParts(2);
        File.Copy(PathOf("m-00001-of-00002.gguf"), PathOf("m-00002-of-00002.gguf"), overwrite: true);
        FaultOf(PathOf("m-00001-of-00002.gguf")).Should().Contain("says that it is part 1 of 2");
    }

    [Fact]
    public void Read_RenamedPart_SaysThatNamesMatter()
    {
        WriteParts(2);
        File.Move(PathOf("m-00001-of-00002.gguf"), PathOf("m.gguf"));
        FaultOf(PathOf("m.gguf")).Should().Contain("one of 2 parts");
    }

    private void WriteParts(int count)
    {
        for (int part = 1; part <= count; part++)
        {
            GgufWriter writer = Model(part == 1 ? null : "everything")
                .Raw("split.no", 2, stream => stream.Write((ushort)(part - 1)))
                .Raw("split.count", 2, stream => stream.Write((ushort)count))
                .Raw("split.tensors.count", 5, stream => stream.Write(count))
                .Tensor($"t{part}", GgufTensorType.F32, [32], stream => stream.Write(new byte[128]));
            Write(writer, $"m-{part:D5}-of-{count:D5}.gguf");
        }
    }

    private ModelFacts Facts(Action<GgufWriter> add, bool heads = true)
    {
        GgufWriter writer = Model(heads ? null : "llama.attention.head_count_kv");
        add(writer);
        return ModelFacts.Read(Write(WithWeights(writer), "facts.gguf"));
    }

    private string Fault(string without, Action<GgufWriter>? add = null)
    {
        GgufWriter writer = Model(without);
        add?.Invoke(writer);
        return FaultOf(Write(without == "weights" ? writer : WithWeights(writer), "fault.gguf"));
    }

    private static string FaultOf(string path)
    {
        Action read = () => ModelFacts.Read(path);
        return read.Should().Throw<GgufException>().Which.Message;
    }

    private static GgufWriter WithWeights(GgufWriter writer) => writer.Tensor("t", GgufTensorType.F32, [32], stream => stream.Write(new byte[128]));

    // The least a model must say, with one thing left out.
    private static GgufWriter Model(string? without)
    {
        GgufWriter writer = new();
        Dictionary<string, Action<string>> values = new()
        {
            ["general.architecture"] = key => writer.Add(key, "llama"),
            ["llama.block_count"] = key => writer.Add(key, 2u),
            ["llama.context_length"] = key => writer.Add(key, 2048u),
            ["llama.embedding_length"] = key => writer.Add(key, 64u),
            ["llama.attention.head_count"] = key => writer.Add(key, 4u),
            ["llama.attention.head_count_kv"] = key => writer.Add(key, 2u),
            ["tokenizer.ggml.model"] = key => writer.Add(key, "gpt2"),
            ["tokenizer.ggml.tokens"] = key => writer.Add(key, ["a", "b"]),
        };
        foreach ((string key, Action<string> add) in values)
        {
            if (key != without && without != "everything")
            {
                add(key);
            }
        }

        return writer;
    }

    private string Write(GgufWriter writer, string name)
    {
        File.WriteAllBytes(PathOf(name), writer.ToArray());
        return PathOf(name);
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, name);
}
