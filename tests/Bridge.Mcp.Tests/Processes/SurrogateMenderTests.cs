using System.Text;
using Bridge.Mcp.Processes;

namespace Bridge.Mcp.Tests.Processes;

public class SurrogateMenderTests
{
    [Theory]
    [InlineData("""{"a":"\ud83d"}""", """{"a":"\ufffd"}""")]
    [InlineData("""{"a":"\uDC32 x"}""", """{"a":"\ufffd x"}""")]
    [InlineData("""["\ud83d\ud83d\udc32"]""", """["\ufffd\ud83d\udc32"]""")]
    [InlineData("""["\udc32\ud83d"]""", """["\ufffd\ufffd"]""")]
    [InlineData("""["\ud83d\n","\ud83d\u0041"]""", """["\ufffd\n","\ufffd\u0041"]""")]
    [InlineData("""["\ud83d\udc32","🐲","\u00e4","\\ud83d","\\\\udc32"]""", """["\ud83d\udc32","🐲","\u00e4","\\ud83d","\\\\udc32"]""")]
    [InlineData("""no json: \ \u \u12 \uzzzz \ud83""", """no json: \ \u \u12 \uzzzz \ud83""")]
    [InlineData("\\ud83d", "\\ufffd")]
    [InlineData("\\", "\\")]
    [InlineData("", "")]
    public async Task Read_InPiecesOfAnySize_ReplacesHalvesOnly(string text, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int piece = 1; piece <= Math.Max(1, bytes.Length); piece++)
        {
            await using var stream = new BoundedLineStream(new Trickle(bytes, piece), 1000, "s");
            using var reader = new StreamReader(stream);

            (await reader.ReadToEndAsync()).Should().Be(expected, $"in pieces of {piece}");
        }
    }

    [Fact]
    public void Read_LineThatEndsBehindAHalf_DoesNotWaitForMore()
    {
        byte[] line = Encoding.UTF8.GetBytes("\"\\ud83d\"\n");
        using var stream = new BoundedLineStream(new Trickle(line, line.Length), 1000, "s");

        stream.Read(new byte[1024], 0, 1024).Should().Be(line.Length);
    }

    /// <summary>Gives its bytes in pieces.</summary>
    private sealed class Trickle(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Read(buffer.Span[..Math.Min(piece, buffer.Length)]));
    }
}
