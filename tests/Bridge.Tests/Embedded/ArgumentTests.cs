using System.Text;
using Bridge.Calling;
using Bridge.Embedded;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Tests.Shortlisting;
using Bridge.Tools;

namespace Bridge.Tests.Embedded;

/// <summary>One parameter beside a fixed prompt: what becomes of it when its tool must be called.</summary>
public sealed class ArgumentTests
{
    [Theory]
    [InlineData("compound at 5% a year", """{"type":"number","description":"The rate."}""", "0.05")]
    [InlineData("compound at 5% a year", """{"type":"number","description":"The rate in percent."}""", "5")]
    [InlineData("compound at 5% a year", """{"type":"integer","description":"The rate."}""", "5")]
    [InlineData("take 2 and 400", """{"type":"integer","minimum":100}""", "400")]
    [InlineData("id is '12345'", """{"type":"integer"}""", "12345")]
    [InlineData("take it easy", """{"type":"integer"}""", null)]
    [InlineData("at 22 degrees celsius please", """{"type":"string","enum":["celsius","fahrenheit"]}""", "\"celsius\"")]
    [InlineData("in Fahrenheit", """{"type":"string","enum":["metric","imperial"],"description":"'metric' for Celsius, 'imperial' for Fahrenheit."}""", "\"imperial\"")]
    [InlineData("in celsius", """{"type":"string","enum":["C","F"],"description":"C (celsius) or F (fahrenheit)"}""", "\"C\"")]
    [InlineData("in kelvin", """{"type":"string","enum":["celsius","fahrenheit"]}""", null)]
    [InlineData("use the 7 plan", """{"enum":[5,7]}""", "7")]
    [InlineData("use the dynamic way", """{"type":"string","description":"The mode, either 'static' or 'dynamic'."}""", "\"dynamic\"")]
    [InlineData("mail it to ann@example.com", """{"type":"string","format":"email"}""", "\"ann@example.com\"")]
    [InlineData("mail it to ann", """{"type":"string","format":"email"}""", null)]
    [InlineData("fetch https://example.com/x now", """{"type":"string","format":"uri"}""", "\"https://example.com/x\"")]
    [InlineData("on July 10, 2022", """{"type":"string","format":"date"}""", "\"2022-07-10\"")]
    [InlineData("on July 10, 2022 at 3pm", """{"type":"string","format":"date-time"}""", "\"2022-07-10T15:00:00Z\"")]
    [InlineData("at 2022-07-10T08:00:00Z", """{"type":"string","format":"date-time"}""", "\"2022-07-10T08:00:00Z\"")]
    [InlineData("on July 10, 2022", """{"type":"string","description":"The date, MM-DD-YYYY."}""", "\"07-10-2022\"")]
    [InlineData("on July 10, 2022 at noon", """{"type":"string","description":"The start, YYYY-MM-DD HH:MM:SS."}""", "\"2022-07-10 12:00:00\"")]
    [InlineData("at 3:05 pm", """{"type":"string","description":"The time as HH:MM."}""", "\"15:05\"")]
    [InlineData("at 3:05 pm", """{"type":"string","format":"time"}""", "\"15:05:00Z\"")]
    [InlineData("this weekend", """{"type":"string","format":"date"}""", null)]
    [InlineData("red, green and blue", """{"type":"array","items":{"type":"string"}}""", """["red","green","blue"]""")]
    [InlineData("take [1, 2.5]", """{"type":"array","items":{"type":"number"}}""", "[1.0,2.5]")] // every item a fraction: typed languages read one type
    [InlineData("take 1, 2 and 3", """{"type":"array","items":{"type":"integer"}}""", "[1,2,3]")]
    [InlineData("from 2015 to 2021", """{"type":"array","items":{"type":"integer"}}""", "[2015,2021]")]
    [InlineData("with ['Sam', 'Al']", """{"type":"array","items":{"type":"string"}}""", """["Sam","Al"]""")]
    [InlineData("spicy and vegan", """{"type":"array","items":{"type":"string","enum":["vegan","spicy","raw"]}}""", """["spicy","vegan"]""")]
    [InlineData("nothing listed here", """{"type":"array","items":{"type":"integer"}}""", null)]
    [InlineData("whatever", """{"type":"integer","default":7}""", "7")]
    [InlineData("whatever", """{"type":"boolean","description":"Default is true."}""", "true")]
    [InlineData("whatever", """{"type":"boolean"}""", null)]
    [InlineData("whatever", """{"type":"object"}""", null)]
    public async Task ProposeAsync_RequiredParameter_TakesItsValueOrNone(string prompt, string schema, string? expected)
    {
        Proposal proposal = await ProposeAsync(prompt, "x", schema);

        Arguments(proposal).Should().Be(expected is null ? null : $$"""{"x":{{expected}}}""");
        if (expected is null)
        {
            proposal.Explanation.Should().NotBeNullOrEmpty();
        }
    }

    [Theory]
    [InlineData("location", "the weather in Paris, France", "Paris, France")]
    [InlineData("origin", "fly from Oslo to Rome", "Oslo")]
    [InlineData("destination", "fly from Oslo to Rome", "Rome")]
    [InlineData("order_id", "what about order B-1004?", "B-1004")]
    [InlineData("file_path", "open notes.txt", "notes.txt")]
    [InlineData("player_name", "stats of LeBron James", "LeBron James")]
    [InlineData("message", "write a note saying dinner is at eight", "dinner is at eight")]
    [InlineData("query", "search for cheap flights to Rome", "cheap flights to Rome")]
    [InlineData("text", "count the words: to be or not to be", "to be or not to be")]
    [InlineData("question", "why is the sky blue", "why is the sky blue")]
    [InlineData("unit", "the area of 10 cm", "cm")]
    [InlineData("unit", "the length in miles", "miles")]
    [InlineData("function", "derive 3x^2 + 2x - 1", "3x^2 + 2x - 1")]
    [InlineData("substance", "the boiling point of water", "water")]
    [InlineData("color", "make it 'dark red'", "dark red")]
    [InlineData("year", "in 1990", "1990")]
    public async Task ProposeAsync_StringByName_TakesWhatFits(string name, string prompt, string expected)
    {
        string schema = name == "year" ? """{"type":"integer"}""" : """{"type":"string"}""";

        Arguments(await ProposeAsync(prompt, name, schema)).Should().Be(name == "year" ? $$"""{"year":{{expected}}}""" : $$"""{"{{name}}":"{{expected}}"}""");
    }

    [Theory]
    [InlineData("avoid_tolls", "with toll roads avoided", "true")]
    [InlineData("include_taxes", "with taxes", "true")]
    [InlineData("include_taxes", "without taxes", "false")]
    [InlineData("smoking", "I do not want smoking", "false")]
    [InlineData("verbose", "verbose off", "false")]
    public async Task ProposeAsync_Boolean_ReadsDenials(string name, string prompt, string expected) =>
        Arguments(await ProposeAsync(prompt, name, """{"type":"boolean"}""")).Should().Be($$"""{"{{name}}":{{expected}}}""");

    [Theory]
    [InlineData("the clock at 6:30", """{"hours":{"type":"integer"},"minutes":{"type":"integer"}}""", """{"hours":6,"minutes":30}""")]
    [InlineData("at 18:30", """{"hour":{"type":"integer","maximum":12}}""", """{"hour":6}""")]
    [InlineData("on July 10, 2022", """{"year":{"type":"integer"},"month":{"type":"integer"},"day":{"type":"integer"}}""", """{"year":2022,"month":7,"day":10}""")]
    [InlineData("height of 180 cm and weight of 85 kg", """{"weight":{"type":"number"},"height":{"type":"number"}}""", """{"weight":85,"height":180}""")]
    [InlineData("85 kg and 180 cm", """{"height":{"type":"number"},"weight":{"type":"number"}}""", """{"height":180,"weight":85}""")]
    [InlineData("from 2012 to 2015", """{"to_year":{"type":"integer"},"from_year":{"type":"integer"}}""", """{"to_year":2015,"from_year":2012}""")]
    [InlineData("celsius to fahrenheit", """{"to_unit":{"enum":["celsius","fahrenheit"]},"from_unit":{"enum":["celsius","fahrenheit"]}}""", """{"to_unit":"fahrenheit","from_unit":"celsius"}""")]
    [InlineData("Chicago Bulls against Lakers", """{"team1":{"type":"string"},"team2":{"type":"string"}}""", """{"team1":"Chicago Bulls","team2":"Lakers"}""")]
    [InlineData("points (3, 4)", """{"x":{"type":"integer"},"y":{"type":"integer"}}""", """{"x":3,"y":4}""")]
    [InlineData("a budget of 300", """{"filter":{"type":"object","properties":{"budget":{"type":"integer"}},"required":["budget"]}}""", """{"filter":{"budget":300}}""")]
    [InlineData("call me 'Bo'", """{"value":{"type":["string","null"]}}""", """{"value":"Bo"}""")]
    public async Task ProposeAsync_SeveralParameters_EachTakesItsOwn(string prompt, string properties, string expected)
    {
        string[] names = [.. System.Text.Json.JsonDocument.Parse(properties).RootElement.EnumerateObject().Select(property => $"\"{property.Name}\"")];
        Tool tool = ToolFactory.Make("tool", "", $$"""{"type":"object","properties":{{properties}},"required":[{{string.Join(',', names)}}]}""");

        Arguments(await ProposeAsync(prompt, tool)).Should().Be(expected);
    }

    [Fact]
    public async Task ProposeAsync_OptionalParameterWithoutEvidence_IsLeftOut()
    {
        Tool tool = ToolFactory.Make("area", "", """{"type":"object","properties":{"side":{"type":"number"},"digits":{"type":"integer","default":2},"label":{"type":"string"}},"required":["side"]}""");

        Arguments(await ProposeAsync("area of a side of 4", tool)).Should().Be("""{"side":4}""");
    }

    private static Task<Proposal> ProposeAsync(string prompt, string name, string schema) =>
        ProposeAsync(prompt, ToolFactory.Make("tool", "", $$"""{"type":"object","properties":{"{{name}}":{{schema}}},"required":["{{name}}"]}"""));

    private static Task<Proposal> ProposeAsync(string prompt, Tool tool) => new EmbeddedToolCaller(new ManualTimeProvider()).ProposeAsync(
        new ProposalRequest(prompt, Shortlist.Of([tool])) { Choice = ToolChoice.Required, MaxCalls = 1 }, TestContext.Current.CancellationToken);

    private static string? Arguments(Proposal proposal) => proposal.Calls.IsEmpty ? null : Encoding.UTF8.GetString(proposal.Calls[0].Arguments.Span);
}
