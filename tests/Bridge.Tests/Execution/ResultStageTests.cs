using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.Execution;

public sealed class ResultStageTests
{
    private readonly DoorFixture _fixture = new();

    [Fact]
    public async Task ExecuteAsync_SmallCleanResult_IsHandedOnAsItIs()
    {
        ToolResult result = new() { Content = [new TextContent("ä😀")], Structured = Json("""{"a":"\u00e4\ud83d\ude00\\ud800"}""") };

        (await ResultOfAsync(result)).Should().BeSameAs(result);
    }

    [Fact]
    [Trait("Attack", "R5")]
    public async Task ExecuteAsync_HugeText_IsCutWithAMarkerThatSaysHowMuch()
    {
        ToolResult result = await ResultOfAsync(ToolResult.FromText(new string('x', 50 * 1024 * 1024)));

        result.Content.Should().HaveCount(2);
        ((TextContent)result.Content[0]).Text.Should().HaveLength(256 * 1024);
        ((TextContent)result.Content[1]).Text.Should()
            .Contain("52428800 bytes long").And.Contain("262144 are allowed").And.Contain($"{52428800 - 262144} bytes were cut");
    }

    [Theory]
    [InlineData("aaä", 3, "aa")]
    [InlineData("aa😀", 4, "aa")]
    [InlineData("aa😀b", 6, "aa😀")]
    public async Task ExecuteAsync_CutInsideACharacter_CutsBeforeIt(string text, int most, string kept)
    {
        _fixture.Options.Tools["fake/tool"] = new ToolOptions { MaxResultBytes = most };

        ToolResult result = await ResultOfAsync(ToolResult.FromText(text));

        ((TextContent)result.Content[0]).Text.Should().Be(kept);
    }

    [Fact]
    public async Task ExecuteAsync_SeveralBlocks_TheFirstOnesAreKept()
    {
        _fixture.Options.Limits.MaxResultBytes = 10;
        ToolResult given = new()
        {
            Content =
            [
                new TextContent("12345"), new DataContent(new byte[100], "image/png"), new UriContent("https://example.org/a", "text/html"),
                new TextContent("6789abc"), new TextContent("gone"),
            ],
        };

        ToolResult result = await ResultOfAsync(given);

        result.Content.Select(Describe).Should().Equal(
            "12345",
            "[Cut by Bridge: a block of 100 bytes (image/png) was left out.]",
            "UriContent",
            "6789a",
            "[Cut by Bridge: the result is 116 bytes long, of which 10 are allowed; 106 bytes were cut. Ask for less, or raise Bridge:Limits:MaxResultBytes.]");
    }

    [Fact]
    [Trait("Attack", "R5")]
    public async Task ExecuteAsync_StructureTooLarge_IsLeftOutWholeAndSaysSo()
    {
        _fixture.Options.Limits.MaxResultBytes = 12;

        ToolResult result = await ResultOfAsync(new() { Content = [new TextContent("short")], Structured = Json("""{"a":"123456789"}""") });

        result.Structured.Should().BeNull();
        result.ToText().Should().StartWith("short").And.Contain("structured result is 17 bytes long");
    }

    [Fact]
    public async Task ExecuteAsync_TextTooLargeAndStructureNot_KeepsTheStructureWhole()
    {
        _fixture.Options.Limits.MaxResultBytes = 7;

        ToolResult result = await ResultOfAsync(new() { Content = [new TextContent("123456789")], Structured = Json("""{"a":1}""") });

        result.Structured!.Value.GetRawText().Should().Be("""{"a":1}""");
    }

    [Theory]
    [InlineData("a#d800;b", "a\ufffdb")]
    [InlineData("#dc00;", "\ufffd")]
    [InlineData("😀#d83d;", "😀\ufffd")]
    public async Task ExecuteAsync_LoneSurrogates_AreReplaced(string written, string clean)
    {
        // Test data travels as UTF-8, which has no lone surrogates: they are put in here.
        string text = written.Replace("#d800;", "\ud800").Replace("#dc00;", "\udc00").Replace("#d83d;", "\ud83d");

        (await ResultOfAsync(ToolResult.FromText(text))).ToText().Should().Be(clean);
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""", """{"a":"\ufffd"}""")]
    [InlineData("""{"a":"\udc00\ud83d\ude00"}""", """{"a":"\ufffd\ud83d\ude00"}""")]
    [InlineData("""{"a":"\ud83d\u0041\\"}""", """{"a":"\ufffd\u0041\\"}""")]
    public async Task ExecuteAsync_LoneSurrogateEscapesInStructure_AreReplaced(string json, string clean)
    {
        ToolResult result = await ResultOfAsync(new() { Structured = Json(json) });

        result.Structured!.Value.GetRawText().Should().Be(clean);
        result.Structured.Value.GetProperty("a").GetString().Should().NotBeNull();
    }

    [Fact]
    public async Task ExecuteAsync_InvalidUtf8InStructure_IsReplaced()
    {
        byte[] raw = [.. "{\"a\":\""u8, 0xff, .. "\"}"u8];

        ToolResult result = await ResultOfAsync(new() { Structured = JsonDocument.Parse(raw).RootElement });

        result.Structured!.Value.GetProperty("a").GetString().Should().Be("\ufffd");
    }

    [Fact]
    public async Task ExecuteAsync_ResultWithoutContent_IsMadeWhole()
    {
        ToolResult result = await ResultOfAsync(new() { Content = default, Structured = default(JsonElement) });

        result.Content.IsDefault.Should().BeFalse();
        result.Structured.Should().BeNull();
    }

    [Fact]
    public async Task ExecuteAsync_SourceReturnsNothing_IsAFault()
    {
        CallOutcome outcome = await CallAsync(null!);

        outcome.Reason.Kind.Should().Be(ReasonKind.InternalError);
    }

    [Fact]
    public async Task ExecuteAsync_DeclaredStructureMissing_IsSaid()
    {
        ToolResult result = await ResultOfAsync(ToolResult.FromText("5"), """{"type":"object"}""");

        result.ToText().Should().StartWith("5\n[Note by Bridge:").And.Contain("gave none");
    }

    [Fact]
    public async Task ExecuteAsync_ErrorOfAToolWithDeclaredStructure_OwesNone()
    {
        ToolResult given = ToolResult.FromText("broken", isError: true);

        (await ResultOfAsync(given, """{"type":"object"}""")).Should().BeSameAs(given);
    }

    [Fact]
    public async Task ExecuteAsync_StructureFits_NothingIsSaid()
    {
        ToolResult given = new() { Content = [new TextContent("5")], Structured = Json("""{"sum":5}""") };

        (await ResultOfAsync(given, """{"type":"object","required":["sum"]}""")).Should().BeSameAs(given);
    }

    [Theory]
    [InlineData("""{"degrees":70,"city":"Bern"}""", """{ "city": "Bern", "degrees": 70.0 }""")]
    [InlineData("""{"result":70}""", "70")]
    [InlineData("""{"result":"a\nb"}""", "a\nb")]
    [InlineData("""{"result":["a","b"]}""", "a|b")]
    [InlineData("""[1,2]""", "1|2")]
    public async Task ExecuteAsync_TextIsTheStructure_IsHandedOnAsItIs(string structured, string texts)
    {
        ToolResult given = new() { Content = [.. texts.Split('|').Select(text => new TextContent(text))], Structured = Json(structured) };

        (await ResultOfAsync(given, "{}", CallOrigin.Prompt)).Should().BeSameAs(given);
    }

    [Theory]
    [InlineData("""{"degrees":70}""", """{"degrees":7}""", true)]
    [InlineData("""{"degrees":70,"city":"Bern"}""", "It is 7 degrees in Bern.", true)]
    [InlineData("""{"degrees":20.6,"city":"Bern"}""", "It is 21 degrees in Bern.", false)]
    [InlineData("""{"total":1234,"currency":"CHF"}""", "You owe 1,234.00 CHF.", false)]
    [InlineData("""{"items":[{"id":17},{"id":18}]}""", "Found 2 items.", false)]
    [InlineData("""{"items":[17,18],"next":null}""", "[17,18]", false)]
    [InlineData("""{"status":"done"}""", "Ready since 10:15.", false)]
    [InlineData("""{"items":["a","b"]}""", "a|{\"items\":[\"c\"]}", true)]
    [Trait("Attack", "R4")]
    public async Task R4_TextSaysSomethingElse_PromptGetsTheDeclaredStructureAlone(string structured, string texts, bool differs)
    {
        ToolResult given = new()
        {
            Content = [.. texts.Split('|').Select(text => new TextContent(text)), new DataContent(new byte[3], "image/png")],
            Structured = Json(structured),
        };

        ToolResult shown = await ResultOfAsync(given, "{}", CallOrigin.Prompt);

        shown.Flaw.Should().Be(differs ? ResultFlaw.FormsDiffer : null);
        shown.Content.Select(Describe).Take(2).Should().Equal(structured, "DataContent");
        shown.Content.Should().HaveCount(differs ? 3 : 2, "no text of the server is left");
        shown.ToText().Contains("say different things. This is the structured one", StringComparison.Ordinal).Should().Be(differs);
    }

    [Theory]
    [InlineData(CallOrigin.Prompt, null, "This is the text, because it declares no structure.]")]
    [InlineData(CallOrigin.Gateway, "{}", "say different things.]")]
    [Trait("Attack", "R4")]
    public async Task R4_TextSaysSomethingElse_WhoReadsBothOrUndeclaredIsToldAndKeepsTheText(CallOrigin origin, string? outputSchema, string note)
    {
        ToolResult result = await ResultOfAsync(new() { Content = [new TextContent("7 degrees")], Structured = Json("""{"degrees":70}""") }, outputSchema, origin);

        result.Flaw.Should().Be(ResultFlaw.FormsDiffer);
        result.Structured!.Value.GetRawText().Should().Be("""{"degrees":70}""");
        result.ToText().Should().StartWith("7 degrees\n[Note by Bridge:").And.EndWith(note);
    }

    [Theory]
    [InlineData("""{"sum":"5"}""", "structure_invalid")]
    [InlineData("""{"sum":6}""", "forms_differ")]
    [InlineData("""{"sum":5}""", null)]
    [InlineData(null, "structure_missing")]
    [Trait("Attack", "R4")]
    public async Task R4_FlawedResult_IsInTheAuditAndCounted(string? structured, string? flaw)
    {
        using var own = new Activity("test").Start();
        List<object?> counted = [];
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, meter) =>
            {
                if (instrument.Name == "bridge.results.flawed")
                {
                    meter.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (Activity.Current?.TraceId == own.TraceId)
            {
                counted.Add(tags[1].Value);
            }
        });
        meters.Start();

        ToolResult result = await ResultOfAsync(
            new() { Content = [new TextContent("5")], Structured = structured is null ? null : Json(structured) },
            """{"type":"object","required":["sum"],"properties":{"sum":{"type":"number"}}}""",
            CallOrigin.Gateway);

        (result.Flaw is null).Should().Be(flaw is null);
        _fixture.Records.Last().Flaw.Should().Be(flaw);
        counted.Should().Equal(flaw is null ? [] : [flaw]);
    }

    private static JsonElement Json(string json) => JsonDocument.Parse(Encoding.UTF8.GetBytes(json)).RootElement;

    private static string Describe(AIContent content) => content is TextContent text ? text.Text : content.GetType().Name;

    private async Task<ToolResult> ResultOfAsync(ToolResult result, string? outputSchema = null, CallOrigin origin = CallOrigin.Direct) =>
        (await CallAsync(result, outputSchema, origin)).Result!;

    private Task<CallOutcome> CallAsync(ToolResult result, string? outputSchema = null, CallOrigin origin = CallOrigin.Direct)
    {
        _fixture.Source.Add("tool", (_, _, _) => Task.FromResult(result), outputSchema: outputSchema);
        return _fixture.Door.ExecuteAsync(_fixture.Request("tool") with { Origin = origin }, CallContext.Local, CancellationToken.None);
    }
}
