using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Bridge.Llama.Masks;
using Bridge.Llama.Tokens;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Masks;

/// <summary>Masks are found by sharing what states have in common; they are those that trying every token finds.</summary>
public class MaskTableTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("""{"type":"string"}""")]
    [InlineData("""{"type":"string","minLength":3,"maxLength":90}""")]
    [InlineData("""{"type":"string","pattern":"^[a-z]+-[0-9]{2,40}$"}""")]
    [InlineData("""{"type":"string","format":"date-time"}""")]
    [InlineData("""{"type":"array","items":{"type":["string","null","number"]}}""")]
    [InlineData("""{"type":"number"}""")]
    [InlineData("""{"type":"integer","minimum":-20,"maximum":4000}""")]
    [InlineData("""{"anyOf":[{"type":"string","maxLength":50},{"enum":["a","ab"]}]}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""")]
    public void Of_StatesOfASchema_AreWhatTryingEveryTokenFinds(string schema) => Prove([schema], texts: 12);

    [Fact]
    public void Of_StatesOfRealTools_AreWhatTryingEveryTokenFinds() => Prove([.. Schemas(everyNth: 700)], texts: 1);

    [Fact]
    [Trait("Category", "Soak")]
    public void Of_StatesOfManyRealTools_AreWhatTryingEveryTokenFinds() => Prove([.. Schemas(everyNth: 40)], texts: 2);

    [Fact]
    [Trait("Category", "Soak")]
    public void Of_ToolsNeverSeenBefore_AtABigVocabulary()
    {
        Vocabulary vocabulary = Words(151_936);
        DecodingProgram[] programs = [.. Schemas(everyNth: 40).Select(schema => DecodingProgram.For(CompiledSchema.Compile(JsonElement.Parse(schema))))];
        DecodingState[][] states = [.. programs.Select((program, seed) => States(program, new Random(seed)).ToArray())];
        var table = new MaskTable(vocabulary);
        table.Of(DecodingProgram.For(CompiledSchema.Compile(JsonElement.Parse("""{"type":"boolean"}"""))).Start); // compiles the code

        var watch = Stopwatch.StartNew();
        foreach (DecodingState state in states.SelectMany(all => all))
        {
            table.Of(state);
        }

        output.WriteLine($"{programs.Length} tools, {states.Sum(all => all.Length)} states, {table.Made} masks of {vocabulary.Count} tokens: {watch.Elapsed.TotalMilliseconds:F0} ms, {watch.Elapsed.TotalMicroseconds / table.Made:F0} µs a mask.");
        table.Made.Should().BeGreaterThan(programs.Length);
    }

    private static void Prove(string[] schemas, int texts)
    {
        Vocabulary vocabulary = Words(6000);
        var table = new MaskTable(vocabulary); // one for all: what one leaves behind must not harm another
        foreach (string schema in schemas)
        {
            var program = DecodingProgram.For(CompiledSchema.Compile(JsonElement.Parse(schema)));
            foreach (DecodingState state in Enumerable.Range(0, texts).SelectMany(seed => States(program, new Random(seed))).Distinct())
            {
                TokenMask mask = table.Of(state);
                int[] expected = [.. Enumerable.Range(0, vocabulary.Count).Where(token => MayFollow(vocabulary, token, state))];
                mask.ToEnumerable().Where(token => token < vocabulary.Count).Should().Equal(expected, schema);
                mask.Count.Should().Be(expected.Length);
            }
        }
    }

    private static bool MayFollow(Vocabulary vocabulary, int token, in DecodingState state) => vocabulary.IsEnd(token)
        ? state.CanEnd
        : vocabulary.Kind(token) == TokenKinds.None && state.Take(vocabulary.Text(token), out _) == vocabulary.Text(token).Length;

    /// <summary>The states with a choice on the way through a text: at random at first, then as short as can be.</summary>
    private static IEnumerable<DecodingState> States(DecodingProgram program, Random random)
    {
        DecodingState state = program.Start;
        for (int written = 0; written < 4000 && state.Allowed.Count > 0; written++)
        {
            byte[] allowed = [.. state.Allowed.ToEnumerable()];
            if (allowed.Length > 1 || state.CanEnd)
            {
                yield return state;
            }

            if (written > 300 && state.CanEnd)
            {
                break;
            }

            DecodingState from = state;
            byte next = allowed.Length == 1 ? allowed[0]
                : written < 300 && random.Next(3) > 0 ? allowed[random.Next(allowed.Length)]
                : allowed.MinBy(value => from.TryTake(value, out DecodingState after) ? after.ShortestEnd : int.MaxValue);
            state.TryTake(next, out state);
        }
    }

    private static IEnumerable<string> Schemas(int everyNth) => File.ReadLines(TestData.Require("eval/mcp-catalogue/tools.jsonl"))
        .Where((_, index) => index % everyNth == 0)
        .Select(line => JsonElement.Parse(line).GetProperty("inputSchema"))
        .Where(schema => CanBeDecoded(schema))
        .Select(schema => schema.GetRawText());

    private static bool CanBeDecoded(JsonElement schema)
    {
        try
        {
            DecodingProgram.For(CompiledSchema.Compile(schema));
            return true;
        }
        catch (InvalidSchemaException)
        {
            return false;
        }
    }

    /// <summary>A vocabulary of all bytes, the ends of JSON values and pieces of real text, and its end.</summary>
    private static Vocabulary Words(int count)
    {
        var texts = new List<byte[]>(Enumerable.Range(0, 256).Select(value => (byte[])[(byte)value]));
        var known = new HashSet<string>(texts.Select(Convert.ToHexString));
        string[] ends = ["\"", "\",", "\",\"", "\":", "\":\"", "\"}", "\"}}", "\"]", "\"],\"", "},", "}}", ",\"", "\\n", "\\u00", "\\\"", "-1", "12", "0.", "null", "true", "a\",\""];
        byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', File.ReadLines(TestData.Require("eval/mcp-catalogue/tools.jsonl"))
            .Select(line => JsonElement.Parse(line).TryGetProperty("description", out JsonElement said) ? said.ToString() : "")));
        var random = new Random(1);
        foreach (byte[] token in ends.Select(Encoding.UTF8.GetBytes).Concat(Enumerable.Repeat(0, int.MaxValue).Select(_ =>
        {
            int at = random.Next(text.Length - 20);
            return text[at..(at + 2 + random.Next(9))];
        })))
        {
            if (texts.Count == count - 1)
            {
                break;
            }

            if (known.Add(Convert.ToHexString(token)))
            {
                texts.Add(token);
            }
        }

        texts.Add("<|end|>"u8.ToArray());
        return new Vocabulary(texts, [.. Enumerable.Range(0, count).Select(token => token == count - 1 ? TokenKinds.End | TokenKinds.Control : TokenKinds.None)]);
    }
}
