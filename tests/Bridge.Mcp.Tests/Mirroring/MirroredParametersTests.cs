using System.Text.Json;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Mirroring;
using Bridge.Tools;

namespace Bridge.Mcp.Tests.Mirroring;

public class MirroredParametersTests
{
    public static TheoryData<string, string> Wrong => new()
    {
        { """{"a":{"type":"string","x-mcp-header":""}}""", "no name" },
        { """{"a":{"type":"string","x-mcp-header":7}}""", "no name" },
        { """{"a":{"type":"string","x-mcp-header":"My Region"}}""", "no name" },
        { """{"a":{"type":"string","x-mcp-header":"Region:Primary"}}""", "no name" },
        { """{"a":{"type":"string","x-mcp-header":"Région"}}""", "no name" },
        { """{"a":{"type":"string","x-mcp-header":"A\r\nHost: evil"}}""", "no name" },
        { """{"a":{"type":"number","x-mcp-header":"A"}}""", "not allowed" },
        { """{"a":{"type":"object","x-mcp-header":"A"}}""", "not allowed" },
        { """{"a":{"type":"array","items":{"type":"string"},"x-mcp-header":"A"}}""", "not allowed" },
        { """{"a":{"type":"null","x-mcp-header":"A"}}""", "not allowed" },
        { """{"a":{"type":["string","number"],"x-mcp-header":"A"}}""", "not allowed" },
        { """{"a":{"x-mcp-header":"A"}}""", "not allowed" },
        { """{"a":{"type":"string","x-mcp-header":"Region"},"b":{"type":"string","x-mcp-header":"region"}}""", "twice" },
        { """{"a":{"type":"array","items":{"type":"string","x-mcp-header":"A"}}}""", "no chain" },
        { """{"a":{"type":"array","items":{"type":"object","properties":{"b":{"type":"string","x-mcp-header":"A"}}}}}""", "no chain" },
        { """{"a":{"anyOf":[{"type":"string","x-mcp-header":"A"}]}}""", "no chain" },
        { """{"a":{"type":"object","additionalProperties":{"type":"string","x-mcp-header":"A"}}}""", "no chain" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    [Trait("Attack", "B4")]
    public void B4_Compile_AnnotationThatIsNotAllowed_KeepsThatToolAwayAlone(string properties, string reason)
    {
        JsonElement[] definitions = [Definition("bad", properties), Definition("good", """{"a":{"type":"string","x-mcp-header":"A"}}""")];

        ToolListing listing = ToolCompiler.Compile("s", definitions);

        listing.Tools.Select(tool => tool.Id.Name).Should().Equal("good");
        listing.Quarantined.Single().Reason.Should().Contain(reason).And.Contain("'bad'");
    }

    [Theory]
    [InlineData("password", """{"type":"string"}""")]
    [InlineData("db_password", """{"type":"string"}""")]
    [InlineData("apiKey", """{"type":"string"}""")]
    [InlineData("x-api-key", """{"type":"string"}""")]
    [InlineData("accessToken", """{"type":"string"}""")]
    [InlineData("token", """{"type":"string"}""")]
    [InlineData("pin", """{"type":"string","format":"password"}""")]
    [InlineData("pin", """{"type":"string","writeOnly":true}""")]
    [Trait("Attack", "B5")]
    public void B5_Compile_SecretInAHeader_IsAllowedByConfigurationAlone(string name, string schema)
    {
        string annotated = $$"""{"{{name}}":{{schema[..^1]}},"x-mcp-header":"A"} }""";

        ToolListing kept = ToolCompiler.Compile("s", [Definition("t", annotated)]), allowed = ToolCompiler.Compile("s", [Definition("t", annotated)], secretsInHeaders: true);

        kept.Tools.Should().BeEmpty();
        kept.Quarantined.Single().Reason.Should().Contain("secretsInHeaders");
        allowed.Tools.Should().ContainSingle();
    }

    [Theory]
    [InlineData("page_token")]
    [InlineData("maxTokens")]
    [InlineData("secretary")]
    [InlineData("region")]
    public void Compile_NameThatOnlyLooksLikeASecret_IsNoSecret(string name) =>
        ToolCompiler.Compile("s", [Definition("t", $$"""{"{{name}}":{"type":"string","x-mcp-header":"A"} }""")]).Tools.Should().ContainSingle();

    [Fact]
    public void Compile_ParameterThatBearsTheAnnotationsName_IsNoAnnotation() =>
        ToolCompiler.Compile("s", [Definition("t", """{"x-mcp-header":{"type":"object","default":{"x-mcp-header":1}}}""")]).Tools.Should().ContainSingle();

    [Theory]
    [InlineData("\"us-west1\"", "us-west1")]
    [InlineData("\"us west 1\"", "us west 1")]
    [InlineData("\" padded \"", "=?base64?IHBhZGRlZCA=?=")]
    [InlineData("\"Hello, 世界\"", "=?base64?SGVsbG8sIOS4lueVjA==?=")]
    [InlineData("\"line1\\nline2\"", "=?base64?bGluZTEKbGluZTI=?=")]
    [InlineData("\"=?base64?literal?=\"", "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=")]
    [InlineData("\"\"", "=?base64??=")]
    [InlineData("42", "42")]
    [InlineData("-7.0", "-7")]
    [InlineData("4.2e1", "42")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("true", "true")]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void Headers_Value_IsWrittenAsAHeaderHoldsIt(string value, string? header)
    {
        MirroredParameters mirrored = Of("""{"at":{"type":"object","properties":{"zone":{"type":["string","integer","boolean","null"],"x-mcp-header":"Zone"}}}}""");

        mirrored.Headers(JsonElement.Parse($$"""{"at":{"zone":{{value}} } }""")).Single().Should().Be(KeyValuePair.Create("Mcp-Param-Zone", header));
        mirrored.Headers(JsonElement.Parse("{}")).Single().Value.Should().BeNull();
        mirrored.Headers(JsonElement.Parse("""{"at":1}""")).Single().Value.Should().BeNull();
    }

    [Theory]
    [InlineData("""{"a":"x"}""", true, "x")]
    [InlineData("""{"a":"x"}""", true, "=?base64?eA==?=")]
    [InlineData("""{"a":"SGVsbG8="}""", true, "SGVsbG8=")]
    [InlineData("""{"a":"=?base64?SGVsbG8="}""", true, "=?base64?SGVsbG8=")]
    [InlineData("""{"a":""}""", true, "")]
    [InlineData("""{"a":42}""", true, "42.0")]
    [InlineData("""{"a":42.0}""", true, "42")]
    [InlineData("""{"a":null}""", true)]
    [InlineData("{}", true)]
    [InlineData("""{"a":"x"}""", false)]
    [InlineData("""{"a":"x"}""", false, "y")]
    [InlineData("""{"a":"x"}""", false, "X")]
    [InlineData("""{"a":"x"}""", false, "x", "x")]
    [InlineData("""{"a":"42"}""", false, "42.0")]
    [InlineData("""{"a":true}""", false, "True")]
    [InlineData("""{"a":null}""", false, "x")]
    [InlineData("{}", false, "x")]
    [InlineData("""{"a":"é"}""", false, "é")]
    [InlineData("""{"a":"Hello"}""", false, "=?base64?SGVsbG8?=")]
    [InlineData("""{"a":"Hello"}""", false, "=?base64?SGVs!!!bG8=?=")]
    [InlineData("""{"a":"Hello"}""", false, "=?base64?SGVs bG8=?=")]
    [InlineData("""{"a":"x"}""", false, "=?BASE64?eA==?=")]
    [Trait("Attack", "B4")]
    public void B4_Check_Headers_MustSayWhatTheArgumentsSay(string arguments, bool fits, params string[] given)
    {
        MirroredParameters mirrored = Of("""{"a":{"type":["string","integer","boolean","null"],"x-mcp-header":"A"}}""");

        Action check = () => mirrored.Check(JsonElement.Parse(arguments), name => name == "Mcp-Param-A" ? given : []);

        if (fits)
        {
            check.Should().NotThrow();
        }
        else
        {
            check.Should().Throw<RpcException>().Which.Code.Should().Be(RpcCodes.HeaderMismatch);
        }
    }

    private static MirroredParameters Of(string properties) => MirroredParameters.Of(JsonElement.Parse($$"""{"type":"object","properties":{{properties}} }"""));

    private static JsonElement Definition(string name, string properties) =>
        JsonElement.Parse($$"""{"name":"{{name}}","inputSchema":{"type":"object","properties":{{properties}} } }""");
}
