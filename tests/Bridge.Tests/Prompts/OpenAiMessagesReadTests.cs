using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Prompts;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.Prompts;

public sealed class OpenAiMessagesReadTests
{
    private static ImmutableArray<PromptMessage> Read(string json) => OpenAiMessages.Read(JsonDocument.Parse(json).RootElement);

    private static ChatMessage ReadOne(string json) => Read($"[{json}]").Single().ToChatMessage();

    [Theory]
    [InlineData("system", "system")]
    [InlineData("developer", "system")]
    [InlineData("user", "user")]
    [InlineData("assistant", "assistant")]
    public void Read_TextContent_GivesRoleAndText(string role, string expected)
    {
        ChatMessage message = ReadOne($$"""{"role": "{{role}}", "content": "Hello", "name": "ann"}""");

        message.Role.Value.Should().Be(expected);
        message.Text.Should().Be("Hello");
        message.AuthorName.Should().Be("ann");
    }

    [Fact]
    public void Read_UserParts_GivesEachPart()
    {
        ChatMessage message = ReadOne("""
            {"role": "user", "content": [
              {"type": "text", "text": "See"},
              {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQID", "detail": "low"}},
              {"type": "image_url", "image_url": {"url": "https://example.org/a.png?x=%2F"}},
              {"type": "input_audio", "input_audio": {"data": "AQID", "format": "mp3"}},
              {"type": "input_audio", "input_audio": {"data": "AQID", "format": "wav"}},
              {"type": "file", "file": {"file_data": "data:application/pdf;base64,AQID", "filename": "a.pdf"}},
              {"type": "file", "file": {"file_data": "AQID"}},
              {"type": "file", "file": {"file_id": "file-1", "filename": "b.pdf"}}]}
            """);

        message.Contents.Select(content => content.GetType().Name).Should().Equal(
            nameof(TextContent), nameof(DataContent), nameof(UriContent), nameof(DataContent), nameof(DataContent),
            nameof(DataContent), nameof(DataContent), nameof(HostedFileContent));
        message.Contents.OfType<DataContent>().Select(data => data.MediaType)
            .Should().Equal("image/png", "audio/mpeg", "audio/wav", "application/pdf", "application/octet-stream");
        message.Contents.OfType<DataContent>().Should().OnlyContain(data => data.Data.Length == 3);
        message.Contents[1].AdditionalProperties!["detail"].Should().Be("low");
        message.Contents.OfType<DataContent>().ElementAt(3).Name.Should().Be("a.pdf");
        message.Contents.OfType<HostedFileContent>().Single().FileId.Should().Be("file-1");
    }

    [Fact]
    public void Read_ToolCallsAndResults_GivesCallsAndResults()
    {
        ImmutableArray<PromptMessage> messages = Read("""
            [{"role": "assistant", "content": null, "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "add", "arguments": "{\"a\": 2.50}"}},
                {"id": "c2", "function": {"name": "now", "arguments": ""}}]},
             {"role": "tool", "tool_call_id": "c1", "content": "5"},
             {"role": "tool", "tool_call_id": "c2", "content": [{"type": "text", "text": "12"}, {"type": "text", "text": ":00"}]}]
            """);

        List<FunctionCallContent> calls = [.. messages[0].ToChatMessage().Contents.OfType<FunctionCallContent>()];
        calls.Select(call => (call.CallId, call.Name)).Should().Equal(("c1", "add"), ("c2", "now"));
        calls[0].Arguments!["a"].Should().BeOfType<JsonElement>().Which.GetRawText().Should().Be("2.50");
        calls[1].Arguments.Should().BeEmpty();
        messages.Skip(1).Select(message => message.Role).Should().OnlyContain(role => role == ChatRole.Tool);
        messages.Skip(1).Select(message => (FunctionResultContent)message.ToChatMessage().Contents.Single())
            .Select(result => (result.CallId, result.Result)).Should().Equal(("c1", "5"), ("c2", "12:00"));
    }

    [Theory]
    [InlineData("""{"role": "assistant", "content": null, "refusal": "No."}""")]
    [InlineData("""{"role": "assistant", "content": [{"type": "refusal", "refusal": "No."}]}""")]
    public void Read_Refusal_IsAnErrorContent(string json) =>
        ReadOne(json).Contents.Single().Should().BeOfType<ErrorContent>().Which.Message.Should().Be("No.");

    [Fact]
    public void Read_Message_KeepsItsJson()
    {
        PromptMessage message = Read("""[{"role": "user", "content": "x", "vendor": {"a": 1.0}}]""").Single();

        message.Wire!.Value.GetRawText().Should().Be("""{"role": "user", "content": "x", "vendor": {"a": 1.0}}""");
    }

    [Theory]
    [InlineData("{}", "messages", "must be an array of messages, and is an object")]
    [InlineData("[]", "messages", "at least one")]
    [InlineData("[1]", "messages[0]", "must be an object, and is a number")]
    [InlineData("[true]", "messages[0]", "a boolean")]
    [InlineData("[{}]", "messages[0].role", "must be a string, and is missing")]
    [InlineData("""[{"role": "function"}]""", "messages[0].role", "'function'; allowed are 'system'")]
    [InlineData("""[{"role": "user", "content": "a"}, {"role": "user"}]""", "messages[1].content", "is missing")]
    [InlineData("""[{"role": "user", "content": null}]""", "messages[0].content", "is null")]
    [InlineData("""[{"role": "user", "content": 3}]""", "messages[0].content", "is a number")]
    [InlineData("""[{"role": "user", "content": ["a"]}]""", "messages[0].content[0]", "is a string")]
    [InlineData("""[{"role": "user", "content": "\ud800"}]""", "messages[0].content", "surrogate")]
    [InlineData("""[{"role": "user", "name": 1, "content": "a"}]""", "messages[0].name", "must be a string")]
    [InlineData("""[{"role": "system", "content": [{"type": "image_url"}]}]""", "messages[0].content[0].type", "allowed for this role is 'text'")]
    [InlineData("""[{"role": "user", "content": [{"type": "image_url", "image_url": "x"}]}]""", "messages[0].content[0].image_url", "an object")]
    [InlineData("""[{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "file:///etc/passwd"}}]}]""",
        "messages[0].content[0].image_url.url", "'data:', 'http:' or 'https:'")]
    [InlineData("""[{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,%%"}}]}]""",
        "messages[0].content[0].image_url.url", "not a valid 'data:' URL")]
    [InlineData("""[{"role": "user", "content": [{"type": "input_audio", "input_audio": {"data": "AA==", "format": "ogg"}}]}]""",
        "messages[0].content[0].input_audio.format", "'wav' and 'mp3'")]
    [InlineData("""[{"role": "user", "content": [{"type": "input_audio", "input_audio": {"data": "?", "format": "wav"}}]}]""",
        "messages[0].content[0].input_audio.data", "not valid base64")]
    [InlineData("""[{"role": "user", "content": [{"type": "file", "file": {"file_data": ""}}]}]""",
        "messages[0].content[0].file.file_data", "holds no data")]
    [InlineData("""[{"role": "user", "content": [{"type": "file", "file": {}}]}]""",
        "messages[0].content[0].file.file_data", "where there is no 'file_id'")]
    [InlineData("""[{"role": "assistant"}]""", "messages[0].content", "no 'tool_calls'")]
    [InlineData("""[{"role": "assistant", "function_call": {}}]""", "messages[0].function_call", "write 'tool_calls'")]
    [InlineData("""[{"role": "assistant", "tool_calls": {}}]""", "messages[0].tool_calls", "an array of tool calls")]
    [InlineData("""[{"role": "assistant", "tool_calls": [{"type": "custom"}]}]""", "messages[0].tool_calls[0].type", "allowed is 'function'")]
    [InlineData("""[{"role": "assistant", "tool_calls": [{"id": "", "function": {"name": "a", "arguments": "{}"}}]}]""",
        "messages[0].tool_calls[0].id", "must not be empty")]
    [InlineData("""[{"role": "assistant", "tool_calls": [{"id": "a", "function": {"name": "a", "arguments": {}}}]}]""",
        "messages[0].tool_calls[0].function.arguments", "a string of JSON")]
    [InlineData("""[{"role": "assistant", "tool_calls": [{"id": "a", "function": {"name": "a", "arguments": "[1]"}}]}]""",
        "messages[0].tool_calls[0].function.arguments", "one JSON object")]
    [InlineData("""[{"role": "assistant", "tool_calls": [{"id": "a", "function": {"name": "a", "arguments": "{"}}]}]""",
        "messages[0].tool_calls[0].function.arguments", "one JSON object")]
    [InlineData("""[{"role": "assistant", "tool_calls": [{"id": "a", "function": {"name": "a", "arguments": "{\"a\":1,\"a\":2}"}}]}]""",
        "messages[0].tool_calls[0].function.arguments", "without duplicate keys")]
    [InlineData("""[{"role": "tool", "content": "a"}]""", "messages[0].tool_call_id", "is missing")]
    public void Read_Malformed_NamesThePlaceAndWhatIsAllowed(string json, string path, string part)
    {
        Action read = () => Read(json);

        PromptFormatException error = read.Should().Throw<PromptFormatException>().Which;
        error.Path.Should().Be(path);
        error.Message.Should().StartWith($"'{path}' ").And.Contain(part);
    }
}
