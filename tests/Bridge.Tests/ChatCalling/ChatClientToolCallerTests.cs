using Bridge.Calling;
using Bridge.ChatCalling;
using Bridge.Outcomes;
using Bridge.Profiles;
using Bridge.TestKit;
using Bridge.Tokens;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.ChatCalling;

public sealed class ChatClientToolCallerTests : IDisposable
{
    private readonly ScriptedChatClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Capabilities_Profile_IsShown()
    {
        Caller(ModelProfile.Default).Capabilities.Should().Be(new CallerCapabilities());
        Caller(new ModelProfile { ContextTokens = 4096, OutputTokens = 96, MaxTools = 5 }).Capabilities
            .Should().Be(new CallerCapabilities { ContextTokens = 4000, MaxTools = 5 });
    }

    [Fact]
    public async Task Propose_RequestTooLong_SaysByHowMuch()
    {
        ToolCallerException error = await FailAsync(Caller(new ModelProfile { ContextTokens = 600, OutputTokens = 512 }));

        error.Kind.Should().Be(ReasonKind.ContextOverflow);
        error.IsTransient.Should().BeFalse();
        error.Message.Should().MatchRegex(@"takes about \d+ \(estimated\) tokens and 512 are kept for the answer: \d+ more than the context of 'test/small', which is 600");
        _client.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Propose_ReportedUsage_CorrectsTheEstimate()
    {
        var estimator = new TokenEstimator();
        var caller = new ChatClientToolCaller(_client, Asked.Model, new ModelProfile { ContextTokens = 1000 }) { Estimator = estimator };
        _client.Answers(new ChatResponse(new ChatMessage(ChatRole.Assistant, "x")) { Usage = new UsageDetails { InputTokenCount = 600 } });

        await caller.ProposeAsync(Asked.Request(), default);

        estimator.Correction.Should().BeGreaterThan(1);
        (await FailAsync(caller)).Kind.Should().Be(ReasonKind.ContextOverflow);
    }

    [Fact]
    [Trait("Attack", "Z6")]
    public async Task Propose_ChoiceTheClientCannotHonour_IsRefused()
    {
        var caller = new ChatClientToolCaller(_client, Asked.Model, ModelProfile.Default) { ToolChoice = ToolChoiceSupport.None };

        ToolCallerException error = await FailAsync(caller, Asked.Request() with { Choice = ToolChoice.Required });
        error.Kind.Should().Be(ReasonKind.ToolChoiceUnsupported);
        error.Message.Should().Contain("'jsonSchema'");

        _client.Answers("free");
        await caller.ProposeAsync(Asked.Request(), default);
    }

    [Fact]
    public async Task Propose_ChoiceByResponseSchema_IsAskedInThatForm()
    {
        var caller = new ChatClientToolCaller(_client, Asked.Model, ModelProfile.Default) { ToolChoice = ToolChoiceSupport.ResponseSchema };
        _client.Answers("""{"calls": [{"tool": "add", "arguments": {"a": 1, "b": 2}}]}""");

        Proposal proposal = await caller.ProposeAsync(Asked.Request() with { Choice = ToolChoice.Named("add") }, default);

        proposal.Calls.Should().ContainSingle();
        _client.Last.Options!.ResponseFormat.Should().BeOfType<ChatResponseFormatJson>();
    }

    [Theory]
    [InlineData(ToolFormat.Native, "I think that")]
    [InlineData(ToolFormat.JsonSchema, "{\"calls\": [{\"tool\": \"ad")]
    [InlineData(ToolFormat.Text, "<tool_call>{\"name\": \"ad")]
    [Trait("Attack", "Z5")]
    public async Task Propose_AnswerCutOff_IsNotNoCall(ToolFormat format, string half)
    {
        _client.Answers(new ChatResponse(new ChatMessage(ChatRole.Assistant, half)) { FinishReason = ChatFinishReason.Length });

        ToolCallerException error = await FailAsync(Caller(new ModelProfile { ToolFormat = format }));
        error.Kind.Should().Be(ReasonKind.CallerMisbehaved);
        error.Message.Should().Contain("cut off after 512 tokens").And.Contain("'outputTokens'");
    }

    [Theory]
    [InlineData(typeof(TimeoutException), ReasonKind.TimedOut, true)]
    [InlineData(typeof(TaskCanceledException), ReasonKind.TimedOut, true)]
    [InlineData(typeof(HttpRequestException), ReasonKind.CallerUnavailable, true)]
    [InlineData(typeof(IOException), ReasonKind.CallerUnavailable, true)]
    [InlineData(typeof(InvalidOperationException), ReasonKind.CallerUnavailable, false)]
    public async Task Propose_ClientFails_IsSaidInBridgesWords(Type type, ReasonKind kind, bool transient)
    {
        _client.Throws((Exception)Activator.CreateInstance(type)!);

        ToolCallerException error = await FailAsync(Caller(ModelProfile.Default));
        error.Kind.Should().Be(kind);
        error.IsTransient.Should().Be(transient);
        error.Message.Should().Contain("'test/small'");
    }

    [Fact]
    public async Task Propose_ToolCallerException_PassesUntouched()
    {
        var thrown = new ToolCallerException(ReasonKind.UnknownModel, "no such model");
        _client.Throws(thrown);
        (await FailAsync(Caller(ModelProfile.Default))).Should().BeSameAs(thrown);
    }

    [Fact]
    public async Task Propose_Cancelled_IsCancellation()
    {
        Func<Task> act = () => Caller(ModelProfile.Default).ProposeAsync(Asked.Request(), new CancellationToken(canceled: true));
        await act.Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<ToolCallerException> FailAsync(ChatClientToolCaller caller, ProposalRequest? request = null)
    {
        Func<Task> act = () => caller.ProposeAsync(request ?? Asked.Request(), default);
        return (await act.Should().ThrowAsync<ToolCallerException>()).Which;
    }

    private ChatClientToolCaller Caller(ModelProfile profile) => new(_client, Asked.Model, profile);
}
