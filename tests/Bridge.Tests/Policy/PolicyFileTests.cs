using System.Text.Json;
using Bridge.Policy;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Tests.Policy;

public class PolicyFileTests
{
    private const string TmpOnly = """
        { "rules": [
          { "tool": "files/write_*", "when": { "/path": { "pattern": "^/tmp/" } }, "effect": "allow" },
          { "tool": "files/*", "clients": ["key:*"], "effect": "deny", "reason": "Keys read nothing." },
          { "tool": "files/write_*", "effect": "deny" }
        ] }
        """;

    [Theory]
    [InlineData("write_file", "local", """{"path":"/tmp/a"}""", true)]
    [InlineData("write_file", "local", """{"path":"/etc/a"}""", false)]
    [InlineData("write_file", "local", "{}", false)]
    [InlineData("write_file", "key:a", """{"path":"/tmp/a"}""", true)]
    [InlineData("read_file", "key:a", "{}", false)]
    [InlineData("read_file", "local", "{}", true)]
    public void Decide_WithArguments_GoesByTheFirstRuleThatFits(string tool, string client, string arguments, bool allowed) =>
        Rules(TmpOnly).Decide(Request(tool, client) with { Arguments = JsonElement.Parse(arguments) }).Allowed.Should().Be(allowed);

    [Fact]
    public void Decide_WithoutArguments_DeniesOnlyWhatNoArgumentsAllow()
    {
        PolicyRules rules = Rules(TmpOnly);

        rules.Decide(Request("write_file", "local")).Allowed.Should().BeTrue("some paths are allowed");
        rules.Decide(Request("read_file", "key:a")).Reason.Should().Be("Keys read nothing.");
        rules.DeniesAll(new ToolId("files", "read_file"), new ClientIdentity("key:a"), byModel: false).Should().BeTrue();
    }

    [Fact]
    public void Decide_ModelsAndUsers_FitThemAlone()
    {
        PolicyRules rules = Rules("""
            { "rules": [
              { "tool": "files/*", "models": ["ollama/*"], "effect": "deny" },
              { "tool": "files/*", "users": "alice", "effect": "allow" },
              { "tool": "files/*", "clients": "user:*", "effect": "deny" }
            ] }
            """);

        rules.Decide(Request("a", "local") with { Model = "ollama/qwen3:0.6b" }).Allowed.Should().BeFalse();
        rules.Decide(Request("a", "local") with { Model = "embedded" }).Allowed.Should().BeTrue();
        rules.Decide(Request("a", "local")).Allowed.Should().BeTrue("no model proposed it");
        rules.Decide(Request("a", "user:alice")).Allowed.Should().BeTrue();
        rules.Decide(Request("a", "user:bob")).Allowed.Should().BeFalse();
        rules.DeniesAll(new ToolId("files", "a"), ClientIdentity.Local, byModel: true).Should().BeFalse("another model may propose it");
    }

    [Theory]
    [InlineData("""{"/a/b":{"const":1}}""", """{"a":{"b":1}}""", true)]
    [InlineData("""{"/a/1":{"const":"x"}}""", """{"a":["y","x"]}""", true)]
    [InlineData("""{"/a/2":{"const":"x"}}""", """{"a":["y","x"]}""", false)]
    [InlineData("""{"/a~1b/~0":true}""", """{"a/b":{"~":null}}""", true)]
    [InlineData("""{"":{"minProperties":2}}""", """{"a":1,"b":2}""", true)]
    [InlineData("""{"/a":{"minimum":1},"/b":{"maximum":1}}""", """{"a":1,"b":2}""", false)]
    public void Decide_Pointers_LeadWhereTheyPoint(string when, string arguments, bool fits) =>
        Rules($$"""{ "rules": [ { "tool": "files/a", "when": {{when}}, "effect": "deny" } ] }""")
            .Decide(Request("a", "local") with { Arguments = JsonElement.Parse(arguments) }).Allowed.Should().Be(!fits);

    [Theory]
    [InlineData("""{ "tool": "files/a", "effect": "maybe" }""", "rules[1].effect", "'allow' or 'deny'")]
    [InlineData("""{ "tool": "files/a", "effect": "deny", "model": "x" }""", "rules[1].model", "'models'")]
    [InlineData("""{ "tool": "files/a", "effect": "deny", "clients": [] }""", "rules[1].clients", "key:4f1c0a9be210")]
    [InlineData("""{ "tool": "files/a", "effect": "deny", "when": { "path": true } }""", "rules[1].when.path", "'/path'")]
    [InlineData("""{ "tool": "files/a", "effect": "deny", "when": { "/path": { "pattern": "(" } } }""", "rules[1].when./path", "JSON Schema")]
    [InlineData("""{ "tool": "files/a", "effect": "deny", "when": {} }""", "rules[1].when", "JSON Pointer")]
    public void Parse_RuleThatCannotBeRead_DeniesItsToolsAndSaysWhatIsAllowed(string rule, string where, string allowed)
    {
        PolicyFileResult read = PolicyFile.Parse("/x/policy.json", $$"""{ "rules": [ { "tool": "files/*", "effect": "allow" }, {{rule}} ] }""");

        read.Problems.Should().ContainSingle().Which.Should().Match<Bridge.Configuration.ConfigProblem>(
            problem => problem.Location.StartsWith($"/x/policy.json: {where}") && problem.Cure.Contains(allowed));
        PolicyDecision decision = read.Rules!.Decide(Request("a", "local"));
        decision.Allowed.Should().BeFalse("the rule might have denied it, and stands above all that allow it");
        decision.Reason.Should().Contain("policy.json: rules[1]").And.Contain(allowed);
        read.Rules.Decide(Request("b", "local")).Allowed.Should().BeTrue("the rule is not for it");
    }

    [Theory]
    [InlineData("7")]
    [InlineData("""{ "effect": "deny" }""")]
    [InlineData("""{ "tool": "write", "effect": "deny" }""")]
    [InlineData("""{ "tool": [], "effect": "deny" }""")]
    public void Parse_RuleWhoseToolsCannotBeRead_DeniesAll(string rule) =>
        PolicyFile.Parse("policy.json", $$"""{ "rules": [ {{rule}} ] }""").Rules!.Decide(Request("b", "local")).Allowed.Should().BeFalse();

    [Theory]
    [InlineData("{")]
    [InlineData("""{ "ruels": [] }""")]
    [InlineData("""{ "rules": {} }""")]
    [InlineData("""{ "rules": [], "rules": [] }""")]
    public void Parse_NoPolicyFile_IsNotUsable(string text)
    {
        PolicyFileResult read = PolicyFile.Parse("policy.json", text);

        read.IsUsable.Should().BeFalse();
        read.Problems.Should().NotBeEmpty();
    }

    [Fact]
    public void Watch_FileThatChanges_IsFollowedAndABadChangeKeepsTheLastGood()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "policy.json");
        var clock = new ManualTimeProvider();
        var log = new RecordingLogger<PolicyFileWatch>();
        using var watch = new PolicyFileWatch(file, clock, log);
        watch.State.Current.Should().BeSameAs(PolicyRules.None);

        Write("""{ "rules": [ { "tool": "files/a", "effect": "deny" } ] }""");
        watch.State.Current.Decide(Request("a", "local")).Allowed.Should().BeFalse();

        Write("{ nonsense");
        watch.State.Current.Decide(Request("a", "local")).Allowed.Should().BeFalse();

        Write("""{ "rules": [] }""");
        watch.State.Current.Decide(Request("a", "local")).Allowed.Should().BeTrue();

        void Write(string text)
        {
            File.WriteAllText(file, text);
            for (int look = 0; look < 3; look++)
            {
                clock.Advance(TimeSpan.FromSeconds(6)); // content counts when it was seen twice
            }
        }
    }

    private static PolicyRules Rules(string text)
    {
        PolicyFileResult read = PolicyFile.Parse("policy.json", text);
        read.Problems.Should().BeEmpty();
        return read.Rules!;
    }

    private static PolicyRequest Request(string tool, string client) =>
        new(Tool.Create(new ToolId("files", tool), "", JsonElement.Parse(FakeToolSource.AnyObject)), new ClientIdentity(client), CallOrigin.Gateway, 0);
}
