using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Prompts;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.Prompts;

public sealed class OpenAiMessagesWriteTests
{
    private static string Write(PromptMessage message)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            OpenAiMessages.Write(writer, message);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void ShouldWrite(ChatMessage message, string expected)
    {
        string written = Write(PromptMessage.From(message));

        JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(expected)).Should().BeTrue("{0} was written", written);
        if (!expected.Contains("[]", StringComparison.Ordinal))
        {
            Action readBack = () => OpenAiMessages.Read(JsonDocument.Parse(written).RootElement);
            readBack.Should().NotThrow();
        }
    }

    [Fact]
    public void Write_MessageReadFromAWire_IsTheSameToTheLetter()
    {
        const string Wire = """[{"role":"developer",  "content":"\u0041 \"é\"", "vendor":{"n":1.00e2}}]""";

        Write(OpenAiMessages.Read(JsonDocument.Parse(Wire).RootElement).Single()).Should().Be(Wire);
    }

    [Fact]
    public void Write_Texts_AreStringsOrParts()
    {
        ShouldWrite(new ChatMessage(ChatRole.System, "Be brief."), """[{"role": "system", "content": "Be brief."}]""");
        ShouldWrite(
            new ChatMessage(ChatRole.User, "Hi") { AuthorName = "ann" }, """[{"role": "user", "name": "ann", "content": "Hi"}]""");
        ShouldWrite(
            new ChatMessage(ChatRole.User, [new TextContent("a"), new TextContent("b")]),
            """[{"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}]""");
        ShouldWrite(new ChatMessage(ChatRole.User, [new TextReasoningContent("hm")]), """[{"role": "user", "content": ""}]""");
    }

    [Fact]
    public void Write_Parts_AreInTheFormOfTheApi()
    {
        byte[] data = [1, 2, 3];
        ShouldWrite(
            new ChatMessage(ChatRole.User,
            [
                new DataContent(data, "image/png") { AdditionalProperties = new() { ["detail"] = "high" } },
                new UriContent("https://example.org/a.png?x=%2F", "image/*"),
                new DataContent(data, "audio/wav"),
                new DataContent(data, "audio/mpeg"),
                new DataContent(data, "application/pdf") { Name = "a.pdf" },
                new HostedFileContent("file-1"),
                new UriContent("https://example.org/a.pdf", "application/pdf"),
            ]),
            """
            [{"role": "user", "content": [
              {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQID", "detail": "high"}},
              {"type": "image_url", "image_url": {"url": "https://example.org/a.png?x=%2F"}},
              {"type": "input_audio", "input_audio": {"data": "AQID", "format": "wav"}},
              {"type": "input_audio", "input_audio": {"data": "AQID", "format": "mp3"}},
              {"type": "file", "file": {"file_data": "data:application/pdf;base64,AQID", "filename": "a.pdf"}},
              {"type": "file", "file": {"file_id": "file-1"}},
              {"type": "text", "text": "[application/pdf: https://example.org/a.pdf]"}]}]
            """);
    }

    [Fact]
    public void Write_Calls_CarryTheirArgumentsAsText()
    {
        using JsonDocument number = JsonDocument.Parse("2.50");
        ShouldWrite(
            new ChatMessage(ChatRole.Assistant,
            [
                new FunctionCallContent("c1", "add", new Dictionary<string, object?> { ["a"] = number.RootElement, ["b"] = 3, ["c"] = null }),
                new FunctionCallContent("c2", "now"),
            ]),
            """
            [{"role": "assistant", "content": null, "tool_calls": [
              {"id": "c1", "type": "function", "function": {"name": "add", "arguments": "{\"a\":2.50,\"b\":3,\"c\":null}"}},
              {"id": "c2", "type": "function", "function": {"name": "now", "arguments": "{}"}}]}]
            """);
    }

    [Fact]
    public void Write_Refusal_HasItsOwnMember() => ShouldWrite(
        new ChatMessage(ChatRole.Assistant, [new ErrorContent("No.") { ErrorCode = "refusal" }]),
        """[{"role": "assistant", "content": null, "refusal": "No."}]""");

    public static TheoryData<object?, string> Results => new()
    {
        { null, "" },
        { "five", "five" },
        { JsonDocument.Parse("\"five\"").RootElement, "five" },
        { JsonDocument.Parse("{\"sum\": 5.0}").RootElement, "{\"sum\": 5.0}" },
        { ToolResult.FromText("five"), "five" },
        { new TextContent("five"), "five" },
        { new AIContent[] { new TextContent("four"), new DataContent(new byte[] { 1 }, "image/png") }, "four\n[image/png, 1 bytes]" },
        { 5, "5" },
        { new Dictionary<string, object?> { ["sum"] = 5 }, "{\"sum\":5}" },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void Write_Result_IsText(object? result, string expected)
    {
        JsonNode written = JsonNode.Parse(Write(PromptMessage.From(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", result)]))))!;

        written[0]!["role"]!.GetValue<string>().Should().Be("tool");
        written[0]!["tool_call_id"]!.GetValue<string>().Should().Be("c1");
        written[0]!["content"]!.GetValue<string>().Should().Be(expected);
    }

    [Fact]
    public void Write_SeveralResultsAndText_AreOneMessageEach() => ShouldWrite(
        new ChatMessage(ChatRole.User,
            [new FunctionResultContent("c1", "1"), new FunctionResultContent("c2", "2"), new TextContent("and now?")]),
        """
        [{"role": "tool", "tool_call_id": "c1", "content": "1"},
         {"role": "tool", "tool_call_id": "c2", "content": "2"},
         {"role": "user", "content": "and now?"}]
        """);
}
