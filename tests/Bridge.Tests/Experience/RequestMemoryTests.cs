using Bridge.Experience;
using Bridge.Tools;

namespace Bridge.Tests.Experience;

public class RequestMemoryTests
{
    private static readonly ToolId s_rain = new("sky", "forecast");
    private static readonly ToolId s_post = new("post", "send");

    private readonly RequestMemory _memory = new(4);

    [Fact]
    public void Recall_ARequestLikeAnEarlierOne_NamesTheToolThatServedIt()
    {
        _memory.Add("Will I get wet tomorrow in Oslo?", [s_rain]);
        _memory.Add("Tell my mother that I am late", [s_post]);

        _memory.Recall("Do we get wet in Bergen?").Keys.Should().Equal(s_rain);
        _memory.Recall("Getting wet, being late: tell my mother").Keys.Should().BeEquivalentTo([s_rain, s_post]);
    }

    [Fact]
    public void Recall_OneOfManyWordsShared_WeighsNextToNothing()
    {
        _memory.Add("Will I get wet tomorrow in Oslo?", [s_rain]);

        _memory.Recall("Compile the yearly statement of accounts for our branches abroad, with taxes and reserves, before tomorrow")[s_rain].Should().BeLessThan(0.05f);
        _memory.Recall("Will I get wet tomorrow in Oslo?")[s_rain].Should().BeApproximately(1, 0.001f);
        _memory.Recall("What and where?").Should().BeEmpty("stop words say nothing");
        _memory.Recall("").Should().BeEmpty();
    }

    [Fact]
    public void Recall_MoreThanThereIsRoomFor_TheOldestAreForgotten()
    {
        _memory.Add("umbrella", [s_rain]);
        for (int i = 0; i < 4; i++)
        {
            _memory.Recall("umbrella").Should().ContainKey(s_rain, "there is room for it before the {0}th other", i + 1);
            _memory.Add($"parcel {i}", [s_post]);
        }

        _memory.Count.Should().Be(4);
        _memory.Recall("umbrella").Should().BeEmpty();
        _memory.Recall("parcel").Should().ContainKey(s_post);
    }

    [Fact]
    public void Recall_SeveralThatAreAlike_CountMoreTogether()
    {
        _memory.Add("wet in Oslo", [s_rain]);
        _memory.Add("wet in Bergen", [s_rain]);
        _memory.Add("wet paint", [s_post]);

        Dictionary<ToolId, float> found = _memory.Recall("wet");

        found[s_rain].Should().BeGreaterThan(found[s_post]);
    }

    [Fact]
    public void Add_NothingSaidOrNothingCalled_RemembersNothing()
    {
        _memory.Add("", [s_rain]);
        _memory.Add("umbrella", []);

        _memory.Count.Should().Be(0);
        _memory.Recall("umbrella").Should().BeEmpty();
    }

    [Fact]
    public void Recall_ManyAtOnceWhileOthersAreAdded_StaysWhole()
    {
        Parallel.For(0, 4_000, i =>
        {
            if (i % 2 == 0)
            {
                _memory.Add($"umbrella number {i % 7}", [s_rain]);
            }
            else
            {
                _memory.Recall("umbrella number 3").Keys.Should().BeSubsetOf([s_rain]);
            }
        });

        _memory.Count.Should().Be(4);
        _memory.Recall("umbrella").Should().ContainSingle();
    }
}
