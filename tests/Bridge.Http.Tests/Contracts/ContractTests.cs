using System.Text.Json;
using Bridge.Calling;
using Bridge.Catalog;
using Bridge.Http.Contracts;
using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Http.Tests.Contracts;

public sealed class ContractTests
{
    private static readonly Tool s_tool =
        Tool.Create(new ToolId("files", "read"), "Reads.", JsonDocument.Parse("""{"type": "object"}""").RootElement);

    private static CallOutcome Call(string arguments, ToolResult? result = null) => new(
        new ToolCall("c1", s_tool, System.Text.Encoding.UTF8.GetBytes(arguments)), CallStatus.Failed, new Reason(ReasonKind.InvalidJson, "Broken."))
    {
        Result = result,
        Confidence = 0.5,
        Repairs = ["One thing."],
    };

    [Fact]
    public void ToContract_ArgumentsThatAreNotJson_AreShownAsText()
    {
        CallContract contract = Call("{\"a\": \"é").ToContract();

        contract.Arguments.GetString().Should().Be("{\"a\": \"é");
        contract.Reason!.Kind.Should().Be(ReasonKind.InvalidJson);
        contract.Repairs.Should().Equal("One thing.");
        contract.Result.Should().BeNull();
    }

    [Fact]
    public void ToContract_ResultWithData_CarriesIt()
    {
        var result = new ToolResult { Content = [new TextContent("See:"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")], IsError = true };

        CallContract contract = Call("{}", result).ToContract();

        contract.IsError.Should().BeTrue();
        contract.Result!.Text.Should().StartWith("See:");
        contract.Result.Data.Should().Equal(new DataContract("image/png", "AQID"));
    }

    [Fact]
    public void ToContract_PromptThatDidNotGoThrough_IsRefused() =>
        ((Action)(() => Prompt.FromString("a").ToContract())).Should().Throw<ArgumentException>().WithMessage("*UpdateWithToolCall*");

    [Fact]
    public void ToContract_Catalog_NamesEverything()
    {
        Tool annotated = s_tool.With("Read a file", s_tool.InputSchema, new ToolAnnotations { ReadOnly = true });
        var source = new FunctionToolSource("files", []);
        var snapshot = new CatalogSnapshot(
            "v7",
            [new CatalogEntry(annotated, source)],
            [new QuarantinedTool(new ToolId("files", "bad"), "Its schema is broken.")],
            [new CatalogSource("files", new SourceStatus(SourceState.Failed, "It died."), 1)]);

        string json = JsonSerializer.Serialize(snapshot.ToContract(), BridgeJsonContext.Default.ToolListContract);

        json.Should().Be("""
            {"tools":[{"id":"files/read","source":"files","name":"read","description":"Reads.","input_schema":{"type": "object"},"title":"Read a file","output_schema":{"type": "object"},"annotations":{"read_only":true}}],"quarantined":[{"id":"files/bad","reason":"Its schema is broken."}],"sources":[{"id":"files","state":"failed","tool_count":1,"detail":"It died."}],"catalog_version":"v7"}
            """.Trim().Replace("{\"type\": \"object\"}", "{\"type\":\"object\"}", StringComparison.Ordinal));
    }

    [Fact]
    public void Response_WrittenAndReadBack_IsTheSame()
    {
        Prompt prompt = Prompt.FromString("Hi").With(new ToolCalling(PromptOutcome.NoCall, new Reason(ReasonKind.BelowThreshold, "Not sure."))
        {
            Attempts =
            [
                new AttemptRecord("ollama/a", 2, AttemptResult.BelowThreshold) { Errors = ["Low."], Temperature = 0.2, InputTokens = 3, OutputTokens = 4 },
            ],
        });

        string json = JsonSerializer.Serialize(prompt.ToContract("Hello."), BridgeJsonContext.Default.ToolCallResponse);
        ToolCallResponse read = JsonSerializer.Deserialize(json, BridgeJsonContext.Default.ToolCallResponse)!;

        read.Answer.Should().Be("Hello.");
        read.Messages.Single().Text.Should().Be("Hi");
        read.ToolCalling.Should().BeEquivalentTo(prompt.ToolCalling!.ToContract());
        JsonSerializer.Serialize(read, BridgeJsonContext.Default.ToolCallResponse).Should().Be(json);
    }

    public static TheoryData<ToolChoice> Choices => [ToolChoice.Auto, ToolChoice.None, ToolChoice.Required, ToolChoice.Named("add")];

    [Theory]
    [MemberData(nameof(Choices))]
    public void Request_WrittenAndReadBack_IsTheSame(ToolChoice choice)
    {
        var request = new ToolCallRequest { Messages = Prompt.FromString("Hi").Messages, ToolChoice = choice, AllowedTools = ["add"], MaxCalls = 2 };

        string json = JsonSerializer.Serialize(request, BridgeJsonContext.Default.ToolCallRequest);
        ToolCallRequest read = JsonSerializer.Deserialize(json, BridgeJsonContext.Default.ToolCallRequest)!;

        read.ToolChoice.Should().Be(choice);
        read.AllowedTools.Should().Equal("add");
        read.Messages.Single().Text.Should().Be("Hi");
    }

    [Theory]
    [InlineData("""{"messages": [{"role": "user", "content": "a"}], "tool_choice": "maybe"}""")]
    [InlineData("""{"messages": [{"role": "user", "content": "a"}], "caller": "a", "caller": "b"}""")]
    public void Request_Malformed_IsNotRead(string json) =>
        ((Action)(() => JsonSerializer.Deserialize(json, BridgeJsonContext.Default.ToolCallRequest))).Should().Throw<JsonException>();

    [Fact]
    public void Readable_Text_IsForPeople() =>
        JsonSerializer.Serialize(new HealthContract("é'"), BridgeJsonContext.Readable.HealthContract).ReplaceLineEndings("\n")
            .Should().Be("{\n  \"status\": \"é'\"\n}");
}
