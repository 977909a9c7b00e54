using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Connections;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Tool = Bridge.Tools.Tool;

namespace Bridge.Mcp.Tests.Connections;

public sealed class MappingTests
{
    [Fact]
    public void ToContent_BrokenData_IsNamedNotDropped()
    {
        ContentMapper.ToContent(new ImageContentBlock { Data = Encoding.UTF8.GetBytes("%%%"), MimeType = "image/png" })
            .Should().BeOfType<TextContent>().Which.Text.Should().Contain("not valid base64");
        ContentMapper.ToContent(ImageContentBlock.FromBytes(new byte[] { 1 }, "nonsense"))
            .Should().BeOfType<DataContent>().Which.MediaType.Should().Be("application/octet-stream");
        ContentMapper.ToContent(new ResourceLinkBlock { Uri = "not a uri", Name = "n" })
            .Should().BeOfType<TextContent>().Which.Text.Should().Contain("not a uri");
        ContentMapper.ToContent(new ToolUseContentBlock { Id = "1", Name = "n", Input = JsonElement.Parse("{}") })
            .Should().BeOfType<TextContent>().Which.Text.Should().Contain("tool_use");
    }

    [Fact]
    public void ToResult_WholeResult_KeepsEverything()
    {
        JsonNode raw = JsonNode.Parse("""
            {"content":[{"type":"text","text":"é","annotations":{"priority":1}},{"type":"image","data":"AQ==","mimeType":"image/png"}],
             "structuredContent":{"n":1.50},"isError":true,"more":"kept"}
            """)!;

        ToolResult result = ContentMapper.ToResult(raw);

        result.Content.Should().HaveCount(2);
        result.Content[0].Should().BeOfType<TextContent>().Which.Text.Should().Be("é");
        result.Content[1].Should().BeOfType<DataContent>().Which.Data.ToArray().Should().Equal(1);
        result.Structured!.Value.GetRawText().Should().Be("{\"n\":1.50}");
        result.IsError.Should().BeTrue();
        result.RawRepresentation.Should().BeSameAs(raw);
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("{\"content\":{}}", "content")]
    [InlineData("{\"content\":[null]}", "null")]
    [InlineData("{\"content\":[{\"type\":\"text\"}]}", "text")]
    [InlineData("{\"content\":[{\"type\":\"text\",\"text\":1}]}", "")]
    [InlineData("{\"isError\":\"yes\"}", "isError")]
    [InlineData("{\"resultType\":\"other\"}", "resultType")]
    public void ToResult_NoResult_SaysWhatIsWrong(string raw, string named) =>
        FluentActions.Invoking(() => ContentMapper.ToResult(JsonNode.Parse(raw))).Should().Throw<JsonException>().WithMessage($"*{named}*");

    [Theory]
    [InlineData("Server protocol version mismatch. Expected 2025-11-25, got 2024-11-05", "2025-11-25", "2024-11-05")]
    [InlineData("Server protocol version mismatch. Expected 2025-11-25, got 2099-01-01", "2025-11-25", "2026-07-28")]
    [InlineData("Something else", "2025-11-25", null)]
    [InlineData("Server protocol version mismatch. Expected x, got 2024-11-05", "", "2025-11-25")]
    [InlineData("Something else", "2026-07-28", "2025-11-25")]
    public void After_VersionMismatch_IsTheVersionAnswered(string message, string asked, string? next) =>
        ProtocolVersions.After(new McpException(message), asked).Should().Be(next);

    [Fact]
    public void After_InitializeUnknown_IsTheOneWithoutSessions()
    {
        ProtocolVersions.After(new McpProtocolException("no", McpErrorCode.MethodNotFound), ProtocolVersions.NewestWithSessions).Should().Be(ProtocolVersions.Stateless);
        ProtocolVersions.After(new IOException("2024-11-05"), ProtocolVersions.NewestWithSessions).Should().BeNull();
        ProtocolVersions.After(new UnsupportedProtocolVersionException("2026-07-28", ["2025-06-18", "1999-01-01"]), ProtocolVersions.Any).Should().Be("2025-06-18");
        ProtocolVersions.After(new HttpRequestException(null, null, System.Net.HttpStatusCode.Unauthorized), ProtocolVersions.Any).Should().BeNull();
    }

    [Fact]
    [Trait("Attack", "S8")]
    public void FindInteraction_CallsOfTwoPeople_IsNobody()
    {
        var calls = new ActiveCalls();
        var call = new ToolCall("1", Tool.Create(new ToolId("s", "t"), null, JsonElement.Parse("""{"type":"object"}""")), "{}"u8.ToArray());
        var person = new Fixtures.Interaction("{}");
        using (calls.Begin(call, CallContext.Local with { Interaction = person }))
        {
            calls.FindInteraction().Should().BeSameAs(person);
            using (calls.Begin(call, CallContext.Local with { Interaction = person, Identity = new ClientIdentity("ann") }))
            {
                calls.FindInteraction().Should().BeNull();
            }
        }

        calls.FindInteraction().Should().BeNull();
    }

    [Fact]
    public void Report_ProgressOutOfOrderOrUnknown_IsDropped()
    {
        var calls = new ActiveCalls();
        var seen = new Fixtures.Progress();
        var call = new ToolCall("1", Tool.Create(new ToolId("s", "t"), null, JsonElement.Parse("""{"type":"object"}""")), "{}"u8.ToArray());
        using ActiveCalls.Registration registration = calls.Begin(call, CallContext.Local with { Progress = seen });

        foreach ((string token, double progress) in new[] { (registration.Token, 1.0), (registration.Token, 3), (registration.Token, 2), ("other", 4) })
        {
            calls.Report(new JsonObject { ["progressToken"] = token, ["progress"] = progress });
        }

        seen.Seen.Select(report => report.Progress).Should().Equal(1, 3);
    }
}
