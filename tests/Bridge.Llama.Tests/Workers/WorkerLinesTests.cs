using System.Text;
using System.Text.Json;
using Bridge.Calling;
using Bridge.ChatCalling;
using Bridge.Configuration;
using Bridge.Llama.Workers;
using Bridge.Profiles;
using Bridge.Shortlisting;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Tests.Workers;

public class WorkerLinesTests
{
    [Fact]
    public async Task ReadAsync_WhatWasWritten_ComesBackWhole()
    {
        var proposal = new Proposal { Calls = [new ProposedCall("add", Encoding.UTF8.GetBytes("""{"a":1.50,"text":"ü\n<"}""")) { Confidence = 0.25 }], Text = "two\nlines" };
        WorkerRequest[] requests =
        [
            new WorkerRequest.Load(LlamaWorker.Build, "tiny", "/models/tiny.gguf", new LlamaOptions { ContextTokens = 1024, Worker = WorkerMode.Always }, "/data"),
            new WorkerRequest.Propose(1, ModelProfile.Default with { OutputTokens = 77 }, WorkerMessage.Of([new ChatMessage(ChatRole.User, "Add.")]), WorkerTool.Of(Tools.Shortlist))
            {
                Choice = ToolChoice.Named("add"), MaxCalls = 3, Temperature = 0.5, Rejected = [new RejectedProposal(proposal, ["'a' must be whole."])],
            },
            new WorkerRequest.Write(2, ModelProfile.Default, []) { MaxTokens = 5, Seed = 9 },
            new WorkerRequest.Cancel(2),
        ];
        using var stream = new MemoryStream();
        using var lines = new WorkerLines(stream, stream);
        foreach (WorkerRequest request in requests)
        {
            await lines.WriteAsync(request, WorkerJson.Default.WorkerRequest);
        }

        stream.Position = 0;
        WorkerRequest[] read = await lines.ReadAsync(WorkerJson.Default.WorkerRequest).ToArrayAsync();

        read.Select(request => JsonSerializer.Serialize(request, WorkerJson.Default.WorkerRequest))
            .Should().Equal(requests.Select(request => JsonSerializer.Serialize(request, WorkerJson.Default.WorkerRequest)));
        var propose = (WorkerRequest.Propose)read[1];
        propose.Profile.OutputTokens.Should().Be(77);
        propose.Choice.Should().Be(ToolChoice.Named("add"));
        propose.Rejected[0].Proposal.Calls[0].Arguments.Span.SequenceEqual(proposal.Calls[0].Arguments.Span).Should().BeTrue();
        ((WorkerRequest.Load)read[0]).Options.Worker.Should().Be(WorkerMode.Always);
    }

    [Fact]
    public async Task ReadAsync_LinesThatAreNoMessages_ArePassedOver()
    {
        var strayed = new List<string>();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("a library speaks\n{\"is\":\"ready\"}\n{\"is\":\"unknown\",\"id\":1}\n{\"is\":\"rea"));
        using var lines = new WorkerLines(stream, Stream.Null) { Strayed = strayed.Add };

        (await lines.ReadAsync(WorkerJson.Default.WorkerReply).ToArrayAsync()).Should().ContainSingle().Which.Should().BeOfType<WorkerReply.Ready>();
        strayed.Should().HaveCount(2).And.Contain("a library speaks");
    }

    [Fact]
    public void ToChatMessage_OfEveryKindOfContent_IsWhatItWas()
    {
        FunctionCallContent broken = CallArguments.ToContent("c2", "add", "{\"a\":1,");
        ChatMessage[] messages =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.Assistant, [new TextReasoningContent("Hm."), new TextContent("One. "), new TextContent("Two."), new FunctionCallContent("c1", "add", new Dictionary<string, object?> { ["a"] = 1, ["b"] = "x" }), broken]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", JsonElement.Parse("""{"sum":3}"""))]),
        ];

        ChatMessage[] back = [.. WorkerMessage.Of(messages).Select(message => message.ToChatMessage())];

        back.Select(message => (message.Role, message.Text)).Should().Equal(messages.Select(message => (message.Role, message.Text)));
        back[1].Contents.OfType<TextReasoningContent>().Single().Text.Should().Be("Hm.");
        back[1].Contents.OfType<FunctionCallContent>().Select(call => Encoding.UTF8.GetString(CallArguments.ToUtf8(call))).Should().Equal("""{"a":1,"b":"x"}""", "{\"a\":1,");
        ResultText.Of(back[2].Contents.OfType<FunctionResultContent>().Single()).Should().Be("""{"sum":3}""");
    }

    [Fact]
    public void Of_TheSameToolsAgain_IsTheSameShortlist()
    {
        var known = new KnownTools();
        Shortlist first = known.Of(WorkerTool.Of(Tools.Shortlist));
        Shortlist other = known.Of(WorkerTool.Of(Shortlist.Of([Tools.Shortlist.Tools[1].Tool])));

        known.Of(WorkerTool.Of(Tools.Shortlist)).Should().BeSameAs(first);
        other.Tools[0].Tool.Should().BeSameAs(first.Tools[1].Tool, "a schema is compiled once");
        first.Tools.Select(tool => tool.WireName).Should().Equal(Tools.Shortlist.Tools.Select(tool => tool.WireName));
        first.Tools[0].Tool.InputSchema.GetRawText().Should().Be(Tools.Shortlist.Tools[0].Tool.InputSchema.GetRawText());
    }
}
