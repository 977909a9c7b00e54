using Bridge.Llama.Loading;
using Bridge.Llama.Templates;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Tests.Loading;

public class PromptProbesTests
{
    private static readonly TemplateTool[] s_tools = [];

    private readonly PromptProbes _probes = new();
    private int _rendered;

    [Fact]
    public void CommonLength_TheSameToolsAndSystemText_RendersOnce()
    {
        Of([1, 2, 3, 7], [1, 2, 3, 9]).Should().Be(3);
        Of([1, 2, 3, 8, 8], [1, 2, 3, 9]).Should().Be(3);

        _rendered.Should().Be(1);
    }

    [Fact]
    public void CommonLength_OtherToolsOrSystemText_RendersEach()
    {
        Of([1, 2, 3], [1, 2, 9], system: "a");
        Of([1, 5, 3], [1, 5, 9], system: "b").Should().Be(2);
        _probes.CommonLength([4, 4], [.. new TemplateTool[1]], [new ChatMessage(ChatRole.System, "a")], () => [4, 9]).Should().Be(1);

        _rendered.Should().Be(2);
    }

    [Fact]
    public void CommonLength_ATemplateThatWritesTheTime_FollowsIt()
    {
        Of([1, 100, 3, 7], [1, 100, 3, 9]).Should().Be(3);

        Of([1, 101, 3, 7], [1, 101, 3, 9]).Should().Be(3, "the probe is rendered at the new time");
        Of([1, 101, 3, 8], [1, 101, 3, 9]).Should().Be(3);
        _rendered.Should().Be(2);
    }

    [Fact]
    public void CommonLength_MoreThanAreKept_ForgetsTheOldest()
    {
        for (int i = 0; i < 17; i++)
        {
            Of([1, 2], [1, 9], $"{i}");
        }

        Of([1, 2], [1, 9], "16");
        _rendered.Should().Be(17);
        Of([1, 2], [1, 9], "0");
        _rendered.Should().Be(18);
    }

    private int Of(int[] prompt, int[] probe, string system = "") => _probes.CommonLength(prompt, s_tools, [new ChatMessage(ChatRole.System, system)], () =>
    {
        _rendered++;
        return probe;
    });
}
