using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Profiles;
using Bridge.Proposing;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Tests.Proposing;

public class ToolBudgetTests
{
    private static readonly ImmutableArray<Tool> s_tools = Tools();

    [Fact]
    public async Task Fit_NoBounds_ShowsAllInCatalogOrder() => (await NamesOfAsync(new(), new())).Should().Equal(s_tools.Select(tool => tool.Id.Name));

    [Fact]
    public async Task Fit_MostTools_ShowsTheBestInCatalogOrder()
    {
        string[] names = await NamesOfAsync(new() { MaxTools = 5 }, new() { MaxTools = 3 });
        names.Should().HaveCount(3).And.Contain("weather_7").And.BeInAscendingOrder();
    }

    [Fact]
    public async Task Fit_SmallContext_ShowsAsManyAsFit()
    {
        string[] names = await NamesOfAsync(new() { ContextTokens = 2048 }, new());
        names.Length.Should().BeInRange(1, s_tools.Length - 1);
        names.Should().Contain("weather_7");
    }

    [Fact]
    [Trait("Attack", "M6")]
    public async Task Fit_NothingFits_ShowsTheBestOneAndLetsTheCallerRefuse() =>
        (await NamesOfAsync(new() { ContextTokens = 600 }, new() { OutputTokens = 590 })).Should().HaveCount(1);

    private static async Task<string[]> NamesOfAsync(CallerCapabilities capabilities, ModelProfile profile) =>
        [.. (await new ToolBudget(new RankedShortlister()).FitAsync("What is the weather of city number 7, weather_7?", s_tools, capabilities, profile, TestContext.Current.CancellationToken))
            .Tools.Select(tool => tool.Tool.Id.Name)];

    private static ImmutableArray<Tool> Tools()
    {
        var source = new FakeToolSource();
        return [.. Enumerable.Range(0, 9).Select(i => source.Add($"weather_{i}", description: $"The weather of city number {i}. {new string('x', 900)}"))];
    }
}
