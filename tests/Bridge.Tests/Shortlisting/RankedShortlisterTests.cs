using System.Collections.Immutable;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Tests.Shortlisting;

public sealed class RankedShortlisterTests
{
    private readonly RankedShortlister _shortlister = new();

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
    public void Pick_OneToolOfManyChanged_ReadsOnlyTheChanged()
    {
        Tool[] before = ToolFactory.Many(50);
        ToolTerms[] read = [.. before.Select(ToolTerms.Of)];
        ImmutableArray<Tool> after = [.. before.Select((tool, place) => place is 7 or 8 ? ToolFactory.Make(tool.Id.Name, "Changed.") : tool)];

        Bm25Index index = Bm25Index.For(after);

        Enumerable.Range(0, 50).Where(place => !ReferenceEquals(index.TermsOf(place), read[place])).Should().Equal(7, 8);
    }

    [Fact]
    public void Pick_SeveralSentences_GivesEachItsTool()
    {
        ImmutableArray<Tool> tools =
        [
            .. ToolFactory.Many(40),
            ToolFactory.Make("convert_currency", "Converts an amount between currencies."),
            ToolFactory.Make("set_alarm", "Sets an alarm clock."),
        ];

        _shortlister.Pick("Please update the customer number 12 in the region of Oslo. Then set my alarm. Lastly, convert 5 euros to a currency.", tools, 3)
            .Select(tool => tool.Id.Name).Should().Equal("update_customer_12", "convert_currency", "set_alarm");
    }

    [Theory]
    [InlineData("do the copyediting", "perform_copy_editing")]
    [InlineData("which time zone is it in", "lookup_timezone")]
    [InlineData("list my github things", "listGitHubIssues")]
    [InlineData("list my GitHub things", "github_list")]
    public void Pick_WordsWrittenTogetherOrApart_Meet(string prompt, string name) =>
        Pick(prompt, 1, [.. ToolFactory.Many(30), ToolFactory.Make(name)]).Should().Equal(name);

    [Fact]
    public void Pick_PromptNamesTheServer_PrefersItsTool() =>
        _shortlister.Pick("search invoices on jira", [ToolFactory.Make("search_invoices", source: "sap"), ToolFactory.Make("search_invoices", source: "jira")], 1)
            .Single().Id.Source.Should().Be("jira");

    [Fact]
    public void Pick_WordOfTheServersId_StillTellsItsToolsApart() =>
        Pick("run the test of the build", 1, [.. ToolFactory.Many(20), ToolFactory.Make("run_build"), ToolFactory.Make("run_test")]).Should().Equal("run_test");

    [Fact]
    public void Pick_FromSeveralThreadsAtOnce_GivesTheSame()
    {
        ImmutableArray<Tool> tools = [.. ToolFactory.Many(300)];
        string[] prompts = [.. Enumerable.Range(0, 64).Select(i => $"Please {tools[i * 3].Id.Name.Replace('_', ' ')}. Then print a ticket.")];
        string[] alone = [.. prompts.Select(prompt => string.Join(',', Pick(prompt, 5, [.. tools])))];

        string[] together = new string[prompts.Length];
        Parallel.For(0, prompts.Length, i => together[i] = string.Join(',', Pick(prompts[i], 5, [.. tools])));

        together.Should().Equal(alone);
    }

    [Fact]
    public void Pick_OverAThousandTools_AllocatesLittleMoreThanItsResult()
    {
        ImmutableArray<Tool> tools = [.. ToolFactory.Many(1_000)];
        Prompt prompt = "Please archive the shipment in Oslo";
        long[] allocated = new long[5];
        for (int i = 0; i < allocated.Length; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            _shortlister.Pick(prompt, tools, 16);
            allocated[i] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // The least: the first runs read the tools and rent what later ones use again.
        allocated.Min().Should().BeLessThan(4_000);
    }

    [Fact]
    public void Pick_NegativeCount_IsRefused() =>
        _shortlister.Invoking(shortlister => shortlister.Pick("x", [], -1)).Should().Throw<ArgumentOutOfRangeException>();

    private IEnumerable<string> Pick(string prompt, int count, params Tool[] tools) =>
        _shortlister.Pick(prompt, [.. tools], count).Select(tool => tool.Id.Name);
}
