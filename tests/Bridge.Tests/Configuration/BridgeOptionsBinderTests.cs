using System.Collections.Immutable;
using System.Reflection;
using Bridge.Configuration;
using Microsoft.Extensions.Configuration;

namespace Bridge.Tests.Configuration;

public sealed class BridgeOptionsBinderTests
{
    [Fact]
    public void Bind_EverySetting_IsTakenOver()
    {
        BridgeOptions options = BridgeOptionsBinder.Bind(Configuration(
            ("Callers:0", "ollama/x:1b"), ("Callers:1", "embedded"), ("Responder", "openai/y"), ("McpFile", "a.json"),
            ("StartTimeout", "3s"), ("Limits:MaxCalls", "2"), ("Limits:PromptTimeout", "00:01:00"),
            ("Approval:Unannotated", "ask"), ("Approval:Destructive", "Run"), ("Audit:Fsync", "true"),
            ("Http:Url", "http://127.0.0.1:1"), ("Http:MaxBodyBytes", "5000000000"), ("Http:AllowedHosts:0", "h"),
            ("Telemetry:OtlpEndpoint", "http://127.0.0.1:4317"),
            ("Tools:files/read_*:ReadOnly", "true"), ("Tools:files/read_*:Timeout", "500ms")));

        options.Callers.Should().Equal("ollama/x:1b", "embedded");
        options.Responder.Should().Be("openai/y");
        options.McpFile.Should().Be("a.json");
        options.StartTimeout.Should().Be(TimeSpan.FromSeconds(3));
        options.Limits.MaxCalls.Should().Be(2);
        options.Limits.PromptTimeout.Should().Be(TimeSpan.FromMinutes(1));
        options.Approval.Unannotated.Should().Be(ApprovalRule.Ask);
        options.Approval.Destructive.Should().Be(ApprovalRule.Run);
        options.Audit.Fsync.Should().BeTrue();
        options.Http.MaxBodyBytes.Should().Be(5_000_000_000);
        options.Http.AllowedHosts.Should().Equal("h");
        options.Telemetry.OtlpEndpoint.Should().Be("http://127.0.0.1:4317");
        options.Tools["files/read_*"].Should().BeEquivalentTo(new ToolOptions { ReadOnly = true, Timeout = TimeSpan.FromMilliseconds(500) });
    }

    [Fact]
    public void Bind_SeveralMistakes_NamesAllAtOnce()
    {
        ImmutableArray<ConfigProblem> problems = Problems(
            ("Respondr", "x"), ("Limits:MaxCals", "1"), ("Limits:MaxDepth", "0"), ("StartTimeout", "soon"),
            ("Callers:0", ""), ("Limits:CallTimeout:Seconds", "1"), ("Http", "http://x"), ("Tools:a/b:Denny", "true"),
            ("Tools:a/c", "deny"), ("Http:Url", "ftp://x"), ("Audit:Fsync", "maybe"), ("Approval:Destructive", "1"), ("Nonsense:A", "1"));

        problems.Select(problem => (problem.Code, problem.Location)).Should().BeEquivalentTo(new[]
        {
            ("unknown-key", "appsettings.json: Bridge.Respondr"),
            ("unknown-key", "appsettings.json: Bridge.Limits.MaxCals"),
            ("invalid-value", "appsettings.json: Bridge.Limits.MaxDepth"),
            ("invalid-value", "appsettings.json: Bridge.StartTimeout"),
            ("invalid-value", "appsettings.json: Bridge.Callers"),
            ("invalid-value", "appsettings.json: Bridge.Limits.CallTimeout"),
            ("invalid-value", "appsettings.json: Bridge.Http"),
            ("invalid-value", "appsettings.json: Bridge.Http.Url"),
            ("unknown-key", "appsettings.json: Bridge.Tools.a/b.Denny"),
            ("invalid-value", "appsettings.json: Bridge.Tools.a/c"),
            ("invalid-value", "appsettings.json: Bridge.Audit.Fsync"),
            ("invalid-value", "appsettings.json: Bridge.Approval.Destructive"),
            ("unknown-key", "appsettings.json: Bridge.Nonsense"),
        });
    }

    [Fact]
    public void Bind_NearMiss_SuggestsTheKey()
    {
        Problems(("Limits:MaxCals", "1")).Single().Cure.Should().Be("Write 'MaxCalls'.");
        Problems(("Nonsense", "1")).Single().Cure.Should().Contain("'Callers'").And.Contain("'Tools'");
        Problems(("Tools:a/b:Denny", "1")).Single().Cure.Should().Be("Write 'Deny'.");
    }

    [Fact]
    public void Bind_Variables_OverrideAndAreNamed()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Bridge:Responder", "file"), new("Bridge:Callers:0", "a"), new("Bridge:Callers:1", "b")])
            .AddBridgeVariables(
            [
                new("BRIDGE__RESPONDER", "variable"),
                new("BRIDGE__CALLERS", "ollama/qwen3:0.6b, embedded"),
                new("BRIDGE__LIMITS__MAXCALLS", "many"),
                new("OTHER__X", "1"),
            ])
            .Build();
        var options = new BridgeOptions();

        ConfigProblem problem = BridgeOptionsBinder.TryBind(configuration, options).Should().ContainSingle().Subject;

        problem.Location.Should().Be("variable BRIDGE__LIMITS__MAXCALLS");
        options.Responder.Should().Be("variable");
        options.Callers.Should().Equal("ollama/qwen3:0.6b", "embedded");
    }

    [Fact]
    public void Bind_Nothing_KeepsDefaults() =>
        BridgeOptionsBinder.Bind(new ConfigurationBuilder().AddBridgeVariables([]).Build()).Should().BeEquivalentTo(new BridgeOptions());

    [Fact]
    public void Bind_Problems_Throws()
    {
        Action bind = () => BridgeOptionsBinder.Bind(Configuration(("Nope", "1")));

        bind.Should().Throw<BridgeConfigurationException>().WithMessage("*Bridge.Nope*");
    }

    [Fact]
    public void OptionKeys_EveryOption_IsThere()
    {
        IEnumerable<string> expected = PathsOf(typeof(BridgeOptions), "").Except([OptionKeys.Tools, OptionKeys.GatewayClients]);
        OptionKeys.Single.Select(key => key.Path).Concat(OptionKeys.Lists.Keys).Should().BeEquivalentTo(expected);
        OptionKeys.OfTool.Select(key => key.Path).Should().BeEquivalentTo(PathsOf(typeof(ToolOptions), ""));
        OptionKeys.OfGatewayClient.Select(key => key.Path).Append("Tools").Should().BeEquivalentTo(PathsOf(typeof(GatewayClientOptions), ""));
    }

    [Fact]
    public void Bind_GatewayClients_AreTakenInOrderAndCheckedLikeTheRest()
    {
        var options = new BridgeOptions();

        ImmutableArray<ConfigProblem> problems = BridgeOptionsBinder.TryBind(
            Configuration(
                ("Gateway:Clients:0:Client", "user:*"),
                ("Gateway:Clients:0:Mode", "search"),
                ("Gateway:Clients:1:Client", "key:laptop"),
                ("Gateway:Clients:1:Tools:0", "files/*"),
                ("Gateway:Clients:1:Tols", "x"),
                ("Gateway:Clients:2:Mode", "quick")),
            options);

        options.Gateway.Clients.Select(client => (client.Client, client.Mode)).Should().Equal(
            ("user:*", GatewayMode.Search), ("key:laptop", null), ("*", null));
        options.Gateway.Clients[1].Tools.Should().Equal("files/*");
        problems.Select(problem => problem.Code).Should().Equal("unknown-key", "invalid-value");
        problems[0].Cure.Should().Contain("'Tools'");
    }

    private static IEnumerable<string> PathsOf(Type type, string prefix) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property =>
            property.PropertyType is { IsClass: true } inner && inner.Namespace == typeof(BridgeOptions).Namespace
                ? PathsOf(inner, prefix + property.Name + ":")
                : [prefix + property.Name]);

    private static ImmutableArray<ConfigProblem> Problems(params (string Key, string Value)[] pairs) =>
        BridgeOptionsBinder.TryBind(Configuration(pairs), new BridgeOptions());

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] pairs) => new ConfigurationBuilder()
        .AddInMemoryCollection(pairs.Select(pair => KeyValuePair.Create("Bridge:" + pair.Key, (string?)pair.Value)))
        .Build();
}
