using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Tests.Shortlisting;

public sealed class WireNamesTests
{
    [Fact]
    public void Of_UniqueNames_StaysBare() =>
        Names(("a", "add"), ("b", "subtract")).Should().Equal("add", "subtract");

    [Fact]
    [Trait("Attack", "M3")]
    public void Of_SameNameInTwoSources_QualifiesBoth() =>
        Names(("a", "add"), ("b", "add"), ("b", "other")).Should().Equal("a__add", "b__add", "other");

    [Fact]
    public void Of_IllegalCharacters_BecomeUnderscores() =>
        Names(("a", "math.sum/all ü")).Should().Equal("math_sum_all__");

    [Fact]
    public void Of_EmptyName_IsStillAName() => Names(("a", "")).Should().Equal("_");

    [Fact]
    [Trait("Attack", "M7")]
    public void Of_LongName_EndsInHashOfItsId()
    {
        string name = Names(("a", new string('n', 65))).Single();

        name.Should().HaveLength(64).And.MatchRegex("^n{55}_[0-9a-f]{8}$");
        Names(("b", new string('n', 65))).Single().Should().NotBe(name);
    }

    [Fact]
    [Trait("Attack", "M7")]
    public void Of_NamesThatDifferOnlyBehindTheCut_StayApart()
    {
        string common = new('n', 70);

        Names(("a", common + "1"), ("a", common + "2")).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Of_NamesThatMeetAfterCleaning_AreHashedWhateverTheirOrder()
    {
        ImmutableArray<string> names = Names(("a", "x.y"), ("a", "x_y"));
        ImmutableArray<string> reversed = Names(("a", "x_y"), ("a", "x.y"));

        names.Should().OnlyHaveUniqueItems().And.AllSatisfy(name => name.Should().StartWith("x_y_"));
        reversed.Should().Equal(names.Reverse());
    }

    [Fact]
    [Trait("Attack", "M7")]
    public void Of_BareNameThatLooksQualified_DoesNotCollide() =>
        Names(("a", "t"), ("b", "t"), ("c", "a__t")).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Of_NameThatIsAnothersHashedForm_IsMovedAside()
    {
        string hashed = Names(("a", "x.y"), ("a", "x_y"))[0];

        Names(("a", "x.y"), ("a", "x_y"), ("a", hashed)).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Of_OneIdSeveralTimes_IsToldApartByItsPlace() =>
        Names(("a", "t"), ("a", "t"), ("a", "t")).Should().OnlyHaveUniqueItems();

    [Fact]
    [Trait("Attack", "M7")]
    public void ShortlistOf_AdversarialNames_MapsEveryNameBackToItsTool()
    {
        string[] names = ["add", "a__add", "b__add", "add.", "add_", "__", "_", "", "äöü", "aou", new string('z', 64), new string('z', 65)];
        ImmutableArray<Tool> tools = [.. from source in new[] { "a", "b", "a--b" } from name in names select ToolFactory.Make(name, source: source)];

        Shortlist shortlist = Shortlist.Of(tools);

        shortlist.Tools.Select(tool => tool.Tool).Should().Equal(tools);
        shortlist.Tools.Should().AllSatisfy(tool =>
        {
            tool.WireName.Should().MatchRegex(new Regex("^[A-Za-z0-9_-]{1,64}$"));
            shortlist.Find(tool.WireName).Should().BeSameAs(tool.Tool);
        });
    }

    [Fact]
    public void ShortlistOf_SameArray_IsTheSameInstance()
    {
        ImmutableArray<Tool> tools = [ToolFactory.Make("add")];

        Shortlist.Of(tools).Should().BeSameAs(Shortlist.Of(tools));
        Shortlist.Of(tools).Find("made_up").Should().BeNull();
    }

    private static ImmutableArray<string> Names(params (string Source, string Name)[] ids) =>
        WireNames.Of([.. ids.Select(id => ToolFactory.Make(id.Name, source: id.Source))]);
}
