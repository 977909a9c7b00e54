using Bridge.Llama.Gguf;
using Bridge.Llama.Synthesis;
using Bridge.TestKit.Gguf;

namespace Bridge.Llama.Tests.Gguf;

public class GgufFileTests
{
    [Theory]
    [InlineData(GgufTensorType.F16, "F16")]
    [InlineData(GgufTensorType.Q8, "Q8_0")]
    [InlineData(GgufTensorType.Q4, "Q4_0")]
    public void Read_TinyModel_FindsMetadataAndTensors(GgufTensorType type, string name)
    {
        GgufFile file = Read(TinyModel.Create(type));

        file.Version.Should().Be(3);
        file.Alignment.Should().Be(32);
        file.Metadata.Text("general.architecture").Should().Be("llama");
        file.Metadata.Count("llama.block_count").Should().Be(4);
        file.Metadata.Number("llama.rope.freq_base").Should().Be(10_000);
        file.Metadata.Flag("tokenizer.ggml.add_bos_token").Should().BeFalse();
        file.Metadata.Array("tokenizer.ggml.tokens")!.Count.Should().Be(TinyModel.VocabularyLength);
        file.Tensors.Should().HaveCount(3 + (4 * 9));
        GgufTensor embedding = file.Tensors[0];
        embedding.Type.Name.Should().Be(name);
        embedding.Dimensions.Should().Equal(128, TinyModel.VocabularyLength);
        embedding.Bytes.Should().Be(BlockEncoder.ByteLength(type, embedding.Elements));
    }

    [Fact]
    public void Read_VersionTwo_IsReadAlike() =>
        Read(new GgufWriter { Version = 2 }.Add("general.name", "old")).Metadata.Text("general.name").Should().Be("old");

    [Theory]
    [InlineData(1u, "version 1")]
    [InlineData(4u, "version 4")]
    [InlineData(0x03000000u, "big-endian")]
    public void Read_OtherVersion_SaysWhatToDo(uint version, string expected) =>
        Fault(new GgufWriter { Version = version }).Should().Match(message => message.Contains(expected) && message.Contains("convert"));

    [Fact]
    public void Read_OtherFile_SaysItIsNoGguf() => FaultOf("PK\u0003\u0004 and more than eight bytes"u8.ToArray()).Should().Contain("no GGUF file");

    [Fact]
    public void Read_KeyTwice_NamesIt() => Fault(new GgufWriter().Add("a", 1u).Add("a", 2u)).Should().Contain("'a' occurs twice");

    [Fact]
    public void Read_EmptyKey_IsRefused() => Fault(new GgufWriter().Add("", 1u)).Should().Contain("Key 0 is empty");

    [Fact]
    public void Read_UnknownValueType_NamesKeyAndNumber() =>
        Fault(new GgufWriter().Raw("k", 13, writer => writer.Write(0L))).Should().Contain("13").And.Contain("'k'");

    [Fact]
    public void Read_ListOfLists_IsRefused() =>
        Fault(List(9, 1, writer => writer.Write(0L))).Should().Contain("list of lists");

    [Theory]
    [InlineData(0u, ulong.MaxValue)]
    [InlineData(4u, 1ul << 62)]
    [InlineData(8u, 1ul << 40)]
    [InlineData(12u, 1000ul)]
    public void Read_ListLongerThanFile_IsRefusedWithoutAllocating(uint type, ulong count)
    {
        byte[] file = List(type, count, writer => writer.Write(0L)).ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        FaultOf(file).Should().Contain($"claims {count} elements");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Fact]
    public void Read_TextLongerThanFile_IsRefused() =>
        Fault(new GgufWriter().Raw("k", 8, writer => writer.Write(1ul << 50))).Should().Contain("'k'").And.Contain("cut off");

    [Fact]
    public void Read_NegativeLengthOfText_IsRefused() =>
        Fault(new GgufWriter().Raw("k", 8, writer => writer.Write(-1L))).Should().Contain("18446744073709551615");

    [Fact]
    public void Read_TruthValueOfTwo_IsRefused() => Fault(new GgufWriter().Raw("k", 7, writer => writer.Write((byte)2))).Should().Contain("0 or 1");

    [Theory]
    [InlineData(0u)]
    [InlineData(48u)]
    [InlineData(0x80000000u)]
    public void Read_AlignmentThatIsNoPowerOfTwo_IsRefused(uint alignment) =>
        Fault(new GgufWriter().Add("general.alignment", alignment)).Should().Contain("general.alignment");

    [Theory]
    [InlineData(8, "number of tensors")]
    [InlineData(16, "number of key-values")]
    public void Read_CountLargerThanFile_IsRefused(int place, string expected)
    {
        byte[] file = new GgufWriter().Add("k", 1u).ToArray();
        BitConverter.TryWriteBytes(file.AsSpan(place), 50_000ul).Should().BeTrue();
        FaultOf(file).Should().Contain(expected).And.Contain("cannot hold");
        BitConverter.TryWriteBytes(file.AsSpan(place), ulong.MaxValue).Should().BeTrue();
        FaultOf(file).Should().Contain(expected).And.Contain("at most");
    }

    [Fact]
    public void Read_TensorTwice_NamesIt() => Fault(Tensor([32]).Tensor("t", GgufTensorType.F32, [32], Zeros(128))).Should().Contain("'t' occurs twice");

    [Theory]
    [InlineData(new long[] { }, "0 dimensions")]
    [InlineData(new long[] { 1, 1, 1, 1, 1 }, "5 dimensions")]
    [InlineData(new long[] { 0 }, "dimension of 0")]
    [InlineData(new long[] { -32 }, "dimension of -32")]
    [InlineData(new long[] { 1L << 40, 1L << 40 }, "larger than any file")]
    [InlineData(new long[] { 1L << 62 }, "larger than any file")]
    [InlineData(new long[] { 1024 }, "cut off")]
    public void Read_ImpossibleTensor_NamesIt(long[] shape, string expected) => Fault(Tensor(shape)).Should().Contain("'t'").And.Contain(expected);

    [Fact]
    public void Read_RowThatIsNoWholeBlock_IsRefused() =>
        Fault(new GgufWriter().Tensor("t", GgufTensorType.Q4, [33, 32], Zeros(18 * 33))).Should().Contain("multiple of the 32");

    [Theory]
    [InlineData(4)]
    [InlineData(31)]
    [InlineData(999)]
    [InlineData(-1)]
    public void Read_UnknownTensorType_NamesIt(int type)
    {
        byte[] file = Tensor([32]).ToArray();
        int place = file.AsSpan().IndexOf("t"u8) + 1 + 4 + 8;
        BitConverter.TryWriteBytes(file.AsSpan(place), type).Should().BeTrue();
        FaultOf(file).Should().Contain("'t' has the unknown type");
    }

    [Fact]
    public void Read_OffsetThatDoesNotFollow_IsRefused()
    {
        byte[] file = Tensor([32]).ToArray();
        int place = file.AsSpan().IndexOf("t"u8) + 1 + 4 + 8 + 4;
        BitConverter.TryWriteBytes(file.AsSpan(place), 32ul).Should().BeTrue();
        FaultOf(file).Should().Contain("said to begin at 32 and must begin at 0");
        BitConverter.TryWriteBytes(file.AsSpan(place), ulong.MaxValue).Should().BeTrue();
        FaultOf(file).Should().Contain("behind the file's end");
    }

    [Fact]
    public void Fault_HasThePlaceInMessageAndProperty()
    {
        Action read = () => GgufFile.Read(new MemoryStream(new GgufWriter().Add("a", 1u).Add("a", 2u).ToArray()));
        GgufException fault = read.Should().Throw<GgufException>().Which;
        fault.Offset.Should().Be(24 + 8 + 1 + 4 + 4);
        fault.Message.Should().EndWith("(at byte 41)");
    }

    private static GgufWriter List(uint type, ulong count, Action<BinaryWriter> elements) => new GgufWriter().Raw("k", 9, writer =>
    {
        writer.Write(type);
        writer.Write(count);
        elements(writer);
    });

    private static GgufWriter Tensor(long[] shape) => new GgufWriter().Tensor("t", GgufTensorType.F32, shape, Zeros(128));

    private static Action<Stream> Zeros(int count) => stream => stream.Write(new byte[count]);

    private static GgufFile Read(GgufWriter writer) => GgufFile.Read(new MemoryStream(writer.ToArray()));

    private static string Fault(GgufWriter writer) => FaultOf(writer.ToArray());

    private static string FaultOf(byte[] file)
    {
        Action read = () => GgufFile.Read(new MemoryStream(file));
        return read.Should().Throw<GgufException>().Which.Message;
    }
}
