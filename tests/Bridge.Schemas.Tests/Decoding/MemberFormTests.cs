using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Tests.Decoding;

/// <summary>Arguments are written member by member in the form of a family, and read back as JSON.</summary>
public class MemberFormTests(ITestOutputHelper output)
{
    private const string Report = """
        {"type": "object", "properties": {
          "text": {"type": "string", "maxLength": 60},
          "flag": {"type": "boolean"},
          "note": {"type": ["string", "null"], "maxLength": 20},
          "id": {"type": ["string", "integer"], "maxLength": 20},
          "list": {"type": "array", "items": {"type": ["string", "number", "boolean", "null"], "maxLength": 20}, "maxItems": 4},
          "map": {"type": "object", "properties": {"it's": {"type": "string", "maxLength": 20}}}
        }, "required": ["text"], "additionalProperties": false}
        """;

    [Theory]
    [InlineData("tags", "<arg_key>text</arg_key>\n<arg_value>a \"b\" <c>\n</arg_value>\n<arg_key>flag</arg_key>\n<arg_value>true</arg_value>\n<arg_key>list</arg_key>\n<arg_value>[1, \"x\", null]</arg_value>\n")]
    [InlineData("lines", "<parameter=text>\na \"b\" <c>\n\n</parameter>\n<parameter=flag>\nTrue\n</parameter>\n<parameter=list>\n[1, \"x\", null]\n</parameter>\n")]
    [InlineData("Python tags", "<parameter=text>a \"b\" <c>\n</parameter>\n<parameter=flag>True</parameter>\n<parameter=list>[1, 'x', None]</parameter>\n")]
    [InlineData("sections", "<parameter=text><![CDATA[a \"b\" <c>\n]]></parameter>\n<parameter=flag>True</parameter>\n<parameter=list>[1, 'x', None]</parameter>\n")]
    [InlineData("typed tags", "<p name=\"text\" string=\"true\">a \"b\" <c>\n</p>\n<p name=\"flag\" string=\"false\">true</p>\n<p name=\"list\" string=\"false\">[1, \"x\", null]</p>\n")]
    [InlineData("Python call", "text='a \"b\" <c>\\n', flag=True, list=[1, 'x', None]")]
    [InlineData("delimited", "text:<|\"|>a \"b\" <c>\n<|\"|>,flag:true,list:[1,<|\"|>x<|\"|>,None]")]
    public void Write_OfArguments_IsDecodedAndReadBack(string name, string expected)
    {
        MemberForm form = FormOf(name);
        var value = JsonElement.Parse("""{"text": "a \"b\" <c>\n", "flag": true, "list": [1, "x", null]}""");
        MemberText.Write(value, form).Should().Be(expected);
        Decode(form, Report, expected).Should().BeTrue();
        JsonElement.DeepEquals(Read(form, Report, expected), value).Should().BeTrue();
    }

    [Theory]
    [InlineData("null", """{"text":"null"}""")]
    [InlineData("7", """{"text":"7"}""")]
    [InlineData("[", """{"text":"["}""")]
    [InlineData("</arg_valu", """{"text":"</arg_valu"}""")]
    [InlineData("<</arg_val", """{"text":"<</arg_val"}""")]
    public void Read_OfTextThatMayBeNothingElse_IsTheText(string text, string expected)
    {
        string written = $"<arg_key>text</arg_key>\n<arg_value>{text}</arg_value>\n";
        Decode(MemberForms.Tags, Report, written).Should().BeTrue();
        Read(MemberForms.Tags, Report, written).GetRawText().Should().Be(expected);
    }

    [Theory]
    [InlineData("note", "null", "null", true)]
    [InlineData("note", "nullify", "\"nullify\"", true)]
    [InlineData("note", "7", "\"7\"", true)]
    [InlineData("id", "7", "7", true)]
    [InlineData("id", "07", "\"07\"", true)]
    [InlineData("id", "7.5", "\"7.5\"", false)] // reads as a number, which is no integer
    [InlineData("id", "null", "\"null\"", true)]
    public void Read_OfTextThatMayBeAnotherType_IsThatTypeAlone(string name, string text, string expected, bool isWritten)
    {
        string written = $"<arg_key>text</arg_key>\n<arg_value></arg_value>\n<arg_key>{name}</arg_key>\n<arg_value>{text}</arg_value>\n";
        Decode(MemberForms.Tags, Report, written).Should().Be(isWritten);
        if (isWritten)
        {
            Read(MemberForms.Tags, Report, written).GetProperty(name).GetRawText().Should().Be(expected);
        }
    }

    [Fact]
    public void Decode_OfTextWithItsEndInIt_IsRefused() =>
        Decode(MemberForms.Tags, Report, "<arg_key>text</arg_key>\n<arg_value>a</arg_value>b</arg_value>\n").Should().BeFalse();

    [Theory]
    [InlineData("text='it\\'s'", "it's")]
    [InlineData("text=\"it's\"", "it's")]
    [InlineData("text='\\\\\\x07\\t'", "\\\u0007\t")]
    public void Read_OfPythonStrings_IsTheText(string written, string expected)
    {
        Decode(MemberForms.PythonCall, Report, written).Should().BeTrue();
        Read(MemberForms.PythonCall, Report, written).GetProperty("text").GetString().Should().Be(expected);
    }

    [Fact]
    public void Decode_OfAPattern_HoldsItWithoutQuotes()
    {
        const string Schema = """{"type": "object", "properties": {"day": {"type": "string", "pattern": "^\\d{4}-\\d{2}$"}}, "required": ["day"], "additionalProperties": false}""";
        Decode(MemberForms.Lines, Schema, "<parameter=day>\n2026-11\n</parameter>\n").Should().BeTrue();
        Decode(MemberForms.Lines, Schema, "<parameter=day>\n2026-1\n</parameter>\n").Should().BeFalse();
    }

    [Fact]
    public void For_ASchemaOfTextThatCannotBeWritten_Throws()
    {
        var schema = CompiledSchema.Compile(JsonElement.Parse("""{"type": "object", "properties": {"a": {"const": "x</arg_value>"}}, "required": ["a"]}"""));
        FluentActions.Invoking(() => DecodingProgram.For(new DecodingPart.Members(schema, MemberForms.Tags))).Should().Throw<InvalidSchemaException>();
    }

    [Fact]
    public void Programs_OfRandomSchemas_WriteWhatReadsBackAsValid() => Prove(first: 0, schemas: 60);

    [Fact]
    [Trait("Category", "Soak")]
    public void Programs_OfManyRandomSchemas_WriteWhatReadsBackAsValid() => Prove(first: 60, schemas: 3_000);

    private static MemberForm FormOf(string name) => MemberForms.All.Single(form => form.Name == name).Form;

    private static bool Decode(MemberForm form, string schema, string text)
    {
        DecodingState start = DecodingProgram.For(new DecodingPart.Members(CompiledSchema.Compile(JsonElement.Parse(schema)), form)).Start;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return start.Take(bytes, out DecodingState end) == bytes.Length && end.CanEnd;
    }

    private static JsonElement Read(MemberForm form, string schema, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        WrittenMembers? read = MemberText.Read(bytes, CompiledSchema.Compile(JsonElement.Parse(schema)), form);
        read.Should().NotBeNull(text);
        read!.Length.Should().Be(bytes.Length);
        return JsonElement.Parse(read.Json.Span);
    }

    private static JsonObject Arguments(int seed)
    {
        var random = new Random(seed);
        var properties = new JsonObject();
        string[] names = ["a", "ab", "c d", "ü-1"];
        foreach ((int i, string name) in names.Index())
        {
            properties[name] = new RandomSchemas((seed * names.Length) + i).Make();
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray("ab") };
        if (random.Next(3) > 0)
        {
            schema["additionalProperties"] = random.Next(2) == 0 ? false : new JsonObject { ["type"] = new JsonArray("string", "integer"), ["maxLength"] = 5 };
        }

        return schema;
    }

    private void Prove(int first, int schemas)
    {
        int[] texts = new int[MemberForms.All.Count];
        for (int seed = first; seed < first + schemas; seed++)
        {
            JsonObject source = Arguments(seed);
            foreach ((int i, (string name, MemberForm form)) in MemberForms.All.Index())
            {
                if (TryCompile(source, form) is not { } compiled)
                {
                    continue;
                }

                var writer = new RandomWriter(seed);
                for (int round = 0; round < 3; round++)
                {
                    byte[] text = writer.Write(compiled.Program, budget: 50 + (round * 70));
                    string shown = $"{Encoding.UTF8.GetString(text)} was written as {name} for {source.ToJsonString()} (seed {seed})";
                    WrittenMembers? read = MemberText.Read(text, compiled.Schema, form);
                    read.Should().NotBeNull(shown);
                    read!.Length.Should().Be(text.Length, shown);
                    ImmutableArray<ValidationError> errors = compiled.Schema.Validate(StrictJson.Parse(read.Json));
                    (errors.IsEmpty || !compiled.Program.IsFullyDecodable).Should().BeTrue($"{shown}: {errors.FirstOrDefault()?.Message}");
                    texts[i]++;
                }
            }
        }

        output.WriteLine(string.Join(", ", MemberForms.All.Select((form, i) => $"{texts[i]} texts as {form.Name}")));
        texts.Should().OnlyContain(count => count > schemas);
    }

    private static (CompiledSchema Schema, DecodingProgram Program)? TryCompile(JsonObject source, MemberForm form)
    {
        try
        {
            var schema = CompiledSchema.Compile(JsonElement.Parse(source.ToJsonString()));
            return (schema, DecodingProgram.For(new DecodingPart.Members(schema, form)));
        }
        catch (InvalidSchemaException)
        {
            return null;
        }
    }
}
