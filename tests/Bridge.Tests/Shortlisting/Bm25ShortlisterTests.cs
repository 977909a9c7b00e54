using System.Collections.Immutable;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Tests.Shortlisting;

public sealed class Bm25ShortlisterTests
{
    private readonly Bm25Shortlister _shortlister = new();

    [Fact]
    public void Pick_NoMoreToolsThanAskedFor_GivesTheSameArray()
    {
        ImmutableArray<Tool> tools = [ToolFactory.Make("add"), ToolFactory.Make("subtract")];

        (_shortlister.Pick("anything", tools, 2) == tools).Should().BeTrue();
    }

    [Fact]
    public void Pick_Fewer_GivesTheBestInCatalogOrder()
    {
        ImmutableArray<Tool> tools =
        [
            ToolFactory.Make("send_mail", "Sends an e-mail."),
            ToolFactory.Make("weather_forecast", "The weather of the next days."),
            ToolFactory.Make("delete_file", "Deletes a file."),
            ToolFactory.Make("getCurrentWeather", "The weather in a city now."),
        ];

        ImmutableArray<Tool> picked = _shortlister.Pick("What is the current weather in Oslo?", tools, 2);

        picked.Select(tool => tool.Id.Name).Should().Equal("weather_forecast", "getCurrentWeather");
    }

    [Fact]
    public void Pick_NothingMatches_GivesTheFirst() =>
        Pick("zzz", 3, ToolFactory.Many(10)).Should().Equal(ToolFactory.Many(3).Select(tool => tool.Id.Name));

    [Fact]
    public void Pick_None_GivesNone() => Pick("weather", 0, ToolFactory.Many(3)).Should().BeEmpty();

    [Fact]
    public void Pick_KeywordStuffing_DoesNotBeatTheToolItself()
    {
        string stuffed = string.Join(' ', Enumerable.Repeat("weather forecast city", 500));

        Pick("weather forecast for a city", 1, ToolFactory.Make("spam", stuffed), ToolFactory.Make("weather", "Forecast for a city."))
            .Should().Equal("weather");
    }

    [Theory]
    [InlineData("which humidity is it?", "by_parameter")]
    [InlineData("how many lumens?", "by_description")]
    [InlineData("in kelvin please", "by_enum")]
    [InlineData("thermometer", "by_title")]
    [InlineData("the altitude there", "by_nested")]
    [InlineData("the tags", "by_items")]
    public void Pick_WordStandsInOneField_FindsTheTool(string prompt, string name)
    {
        Tool[] tools =
        [
            ToolFactory.Make("one", "Nothing of note."),
            ToolFactory.Make("by_parameter", "", """{"properties":{"humidity":{"type":"number"}}}"""),
            ToolFactory.Make("by_description", "", """{"properties":{"x":{"description":"In lumens."}}}"""),
            ToolFactory.Make("by_enum", "", """{"properties":{"x":{"enum":["kelvin",1]}}}"""),
            ToolFactory.Make("by_title").With(title: "A thermometer"),
            ToolFactory.Make("by_nested", "", """{"properties":{"x":{"properties":{"altitude":{"type":"number"}}}}}"""),
            ToolFactory.Make("by_items", "", """{"properties":{"x":{"type":"array","items":{"description":"A tag."}},"y":true}}"""),
        ];

        Pick(prompt, 1, tools).Should().Equal(name);
    }

    [Fact]
    public void Pick_EarlierUserTurns_CountLessThanTheLast()
    {
        ImmutableArray<Tool> tools = [ToolFactory.Make("weather"), ToolFactory.Make("flights"), ToolFactory.Make("hotels")];
        Prompt prompt = Prompt.Create().User("Find flights").Assistant("hotels hotels").User("And the weather?");

        _shortlister.Pick(prompt, tools, 1).Single().Id.Name.Should().Be("weather");
        _shortlister.Pick(prompt, tools, 2).Select(tool => tool.Id.Name).Should().Equal("weather", "flights");
    }

    [Fact]
    public void Pick_VeryLongPrompt_ReadsBothEnds()
    {
        string filler = string.Concat(Enumerable.Repeat("lorem ipsum dolor ", 6_000));

        Pick($"weather {filler}", 1, ToolFactory.Make("other"), ToolFactory.Make("weather")).Should().Equal("weather");
        Pick($"{filler} weather", 1, ToolFactory.Make("other"), ToolFactory.Make("weather")).Should().Equal("weather");
    }

    [Fact]
    public void Pick_SameArrayAgain_ReusesTheIndex()
    {
        ImmutableArray<Tool> tools = [.. ToolFactory.Many(20)];

        Bm25Index.For(tools).Should().BeSameAs(Bm25Index.For(tools));
        Bm25Index.For([.. tools]).Should().NotBeSameAs(Bm25Index.For(tools));
        Bm25Index.For(tools).Count.Should().Be(20);
    }

    [Fact]
    public void Pick_OverAThousandTools_AllocatesLittleMoreThanItsResult()
    {
        ImmutableArray<Tool> tools = [.. ToolFactory.Many(1_000)];
        Prompt prompt = "Please archive the shipment in Oslo";
        _shortlister.Pick(prompt, tools, 16);
        long before = GC.GetAllocatedBytesForCurrentThread();

        _shortlister.Pick(prompt, tools, 16);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(2_000);
    }

    [Fact]
    public void Pick_NegativeCount_IsRefused() =>
        _shortlister.Invoking(shortlister => shortlister.Pick("x", [], -1)).Should().Throw<ArgumentOutOfRangeException>();

    private IEnumerable<string> Pick(string prompt, int count, params Tool[] tools) =>
        _shortlister.Pick(prompt, [.. tools], count).Select(tool => tool.Id.Name);
}
