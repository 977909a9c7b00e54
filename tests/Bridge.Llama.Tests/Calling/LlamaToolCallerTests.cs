using System.Text;
using System.Text.Json;
using Bridge.Calling;
using Bridge.Outcomes;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Llama.Tests.Calling;

public class LlamaToolCallerTests
{
    private static readonly Shortlist s_shortlist = Shortlist.Of(
    [
        Tool.Create(new ToolId("web", "weather"), "Tells the weather.", JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string","maxLength":20},"unit":{"enum":["celsius","fahrenheit"]}},"required":["city"]}""")),
        Tool.Create(new ToolId("math", "add"), "Adds.", JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a","b"]}""")),
    ]);

    [Fact]
    public async Task ProposeAsync_Required_ProposesAValidCallWithItsConfidence()
    {
        await using var bridge = new LlamaBridge();
        for (int i = 0; i < 5; i++)
        {
            Proposal proposal = await bridge.Caller().ProposeAsync(Request($"What is the weather in town {i}?"), TestContext.Current.CancellationToken);

            ProposedCall call = proposal.Calls.First();
            Tool tool = s_shortlist.Find(call.WireName)!;
            tool.Schema.IsValid(call.Arguments.Span).Should().BeTrue(Encoding.UTF8.GetString(call.Arguments.Span));
            call.Confidence.Should().BeInRange(0, 1);
            call.ArgumentConfidence.Keys.Should().BeEquivalentTo(JsonElement.Parse(call.Arguments.Span).EnumerateObject().Select(member => member.Name));
            call.ArgumentConfidence.Values.Should().OnlyContain(confidence => confidence > 0 && confidence <= 1);
            proposal.InputTokens.Should().BeGreaterThan(100);
        }
    }

    [Fact]
    public async Task ProposeAsync_Named_CallsThatTool()
    {
        await using var bridge = new LlamaBridge();
        var one = Shortlist.Of([s_shortlist.Tools[1].Tool]);
        Proposal proposal = await bridge.Caller().ProposeAsync(new ProposalRequest("Add.", one) { Choice = ToolChoice.Named("add"), MaxCalls = 1 }, TestContext.Current.CancellationToken);

        proposal.Calls.Should().ContainSingle().Which.WireName.Should().Be("add");
    }

    [Fact]
    public async Task ProposeAsync_Auto_MayProposeNothing()
    {
        await using var bridge = new LlamaBridge();
        Proposal proposal = await bridge.Caller().ProposeAsync(new ProposalRequest("Hello.", s_shortlist), TestContext.Current.CancellationToken);

        proposal.Calls.Should().BeEmpty("a model of random weights is not half sure of anything");
        proposal.Confidence.Should().BeGreaterThan(0.5);
    }

    [Fact]
    [Trait("Attack", "Z5")]
    public async Task ProposeAsync_CutOff_IsNoCall()
    {
        await using var bridge = new LlamaBridge(outputTokens: 15);
        Func<Task> propose = () => bridge.Caller().ProposeAsync(Request("What is the weather?"), TestContext.Current.CancellationToken);

        (await propose.Should().ThrowAsync<ToolCallerException>().WithMessage("*cut off after 15 tokens*not run*")).Which.Kind.Should().Be(ReasonKind.CallerMisbehaved);
    }

    [Fact]
    public async Task ProposeAsync_MoreThanTheContext_SaysWhatWouldFit()
    {
        await using var bridge = new LlamaBridge();
        Func<Task> propose = () => bridge.Caller().ProposeAsync(Request(string.Concat(Enumerable.Repeat("What is it? ", 4000))), TestContext.Current.CancellationToken);

        (await propose.Should().ThrowAsync<ToolCallerException>().WithMessage("*context of 8192*")).Which.Kind.Should().Be(ReasonKind.ContextOverflow);
    }

    [Theory]
    [InlineData("missing.gguf", "*no file 'missing.gguf'*")]
    [InlineData("unknown", "*no model store*")]
    public async Task ProposeAsync_NoSuchModel_SaysSo(string file, string message)
    {
        await using var bridge = new LlamaBridge();
        Func<Task> propose = () => bridge.Caller(file).ProposeAsync(Request("x"), TestContext.Current.CancellationToken);

        (await propose.Should().ThrowAsync<ToolCallerException>().WithMessage(message)).Which.Kind.Should().Be(ReasonKind.CallerUnavailable);
        (await bridge.ProbeAsync(file)).Available.Should().BeFalse();
    }

    [Fact]
    public async Task ProposeAsync_TruncatedFile_IsRefusedBeforeTheLibrarySeesIt()
    {
        byte[] whole = await File.ReadAllBytesAsync(TinyModels.File);
        string cut = Path.Combine(Path.GetDirectoryName(TinyModels.File)!, "cut.gguf");
        await File.WriteAllBytesAsync(cut, whole[..(whole.Length / 2)]);
        await using var bridge = new LlamaBridge();
        Func<Task> propose = () => bridge.Caller(cut).ProposeAsync(Request("x"), TestContext.Current.CancellationToken);

        await propose.Should().ThrowAsync<ToolCallerException>().WithMessage("*cut.gguf' cannot be used*");
    }

    [Fact]
    public async Task ProbeAsync_AModel_SaysWhatItIsAndWhereItRuns()
    {
        await using var bridge = new LlamaBridge();
        ModelProbe probe = await bridge.ProbeAsync(TinyModels.File);

        probe.Available.Should().BeTrue();
        probe.ContextTokens.Should().Be(8192);
        probe.Detail.Should().Contain("runs in process on Cpu");
    }

    private static ProposalRequest Request(string text) => new(text, s_shortlist) { Choice = ToolChoice.Required };
}
