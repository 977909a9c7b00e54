using Bridge.Configuration;
using Bridge.Mcp.Configuration;
using Bridge.Tools;

namespace Bridge.Mcp.Tests.Configuration;

/// <summary>How a file of servers says that clients have credentials of their own.</summary>
public sealed class ClientCredentialFileTests
{
    private static readonly ConfigFileVariables s_variables = new(null, name => name == "ALICE" ? "of-alice" : null);

    [Fact]
    public void Parse_VariablesOfClients_ArePerIdentityAndStayForLater()
    {
        McpServerConfig server = Single("""
            "command": "x", "args": ["--user", "${client:USER}"], "env": { "TOKEN": "${client:TOKEN}", "PLAIN": "$${client:LITERAL}" },
            "clients": { "user:alice": { "TOKEN": "${env:ALICE}", "USER": "alice" }, "key:4f1c0a9be210": "user:alice", "*": { "TOKEN": "guest", "USER": "guest" } }
            """);

        server.Errors.Should().BeEmpty();
        server.CredentialPerClient.Should().BeTrue();
        server.EffectiveScope.Should().Be(SourceScope.PerIdentity, "a process is shared by default otherwise");
        server.ClientVariables.Should().Equal("TOKEN", "USER");
        server.Arguments.Should().Equal("--user", "${client:USER}");
        server.Clients["user:alice"].Values.Should().Equal(new Dictionary<string, string> { ["TOKEN"] = "of-alice", ["USER"] = "alice" });
        server.Clients["key:4f1c0a9be210"].Uses.Should().Be("user:alice");
        server.Clients["user:alice"].ToString().Should().NotContain("of-alice");

        McpServerConfig ofAlice = server.With("user:alice", server.Clients["user:alice"].Values);

        ofAlice.Arguments.Should().Equal("--user", "alice");
        ofAlice.Environment.Should().Equal(new Dictionary<string, string> { ["TOKEN"] = "of-alice", ["PLAIN"] = "${client:LITERAL}" });
        ofAlice.IsSameServer(server).Should().BeFalse();
    }

    [Theory]
    [InlineData("""{"url":"https://a/mcp","credentials":"client"}""", true)]
    [InlineData("""{"url":"https://a/mcp","clients":{}}""", true)]
    [InlineData("""{"url":"https://a/mcp","headers":{"X-Key":"${client:KEY}"}}""", true)]
    [InlineData("""{"url":"https://a/mcp","credentials":"server"}""", false)]
    [InlineData("""{"url":"https://a/mcp"}""", false)]
    public void Parse_Mode_SaysWhoseCredentialsCount(string entry, bool perClient)
    {
        McpServerConfig server = Parse(entry);

        server.Errors.Should().BeEmpty();
        server.CredentialPerClient.Should().Be(perClient);
    }

    [Theory]
    [InlineData("""{"command":"x","env":{"T":"${client:T}"},"scope":"shared"}""", "shared-credentials")]
    [InlineData("""{"command":"x","credentials":"client"}""", "no-client-variable")]
    [InlineData("""{"url":"https://a/mcp","credentials":"client","headers":{"authorization":"Bearer one-for-all"}}""", "server-wide-credential")]
    [InlineData("""{"url":"https://a/mcp","credentials":"server","headers":{"X":"${client:T}"}}""", "credentials-contradict")]
    [InlineData("""{"url":"https://a/mcp","credentials":"mine"}""", "unknown-value")]
    [InlineData("""{"url":"https://${client:HOST}/mcp"}""", "client-variable")]
    [InlineData("""{"command":"${client:T}"}""", "client-variable")]
    [InlineData("""{"command":"x","env":{"T":"${client:T:-default}"}}""", "client-variable")]
    [InlineData("""{"command":"x","env":{"T":"${client:T}"},"clients":{"alice":{"T":"1"}}}""", "not-a-client")]
    [InlineData("""{"command":"x","env":{"T":"${client:T}"},"clients":{"user:a":"user:a"}}""", "not-a-client")]
    [InlineData("""{"command":"x","env":{"T":"${client:T}"},"clients":{"user:a":"user:b","user:b":"local"}}""", "not-a-client")]
    [InlineData("""{"command":"x","env":{"TOKEN":"${client:TOKEN}"},"clients":{"user:a":{"TOKE":"1"}}}""", "unknown-client-variable")]
    [InlineData("""{"command":"x","env":{"T":"${client:T}"},"client":{}}""", "unknown-key")]
    [Trait("Attack", "S5")]
    public void Parse_WhatCannotBeMeant_IsAnErrorOfThatServerAlone(string entry, string code)
    {
        McpServerFile file = McpServerFile.Parse("/etc/bridge/mcp.json", $$$"""{"mcpServers":{"bad":{{{entry}}},"good":{"command":"y"} } }""", s_variables);

        file.Servers[0].Errors.Should().Contain(problem => problem.Code == code).And.OnlyContain(problem => problem.Cure.Length > 0);
        file.Servers[1].Errors.Should().BeEmpty();
    }

    [Fact]
    public void IsSameServer_AnotherValueOfAClient_IsAnother()
    {
        static McpServerConfig Of(string value) => Single($$$"""
            "command": "x", "env": { "T": "${client:T}" }, "clients": { "user:a": { "T": "{{{value}}}" } }
            """);

        Of("1").IsSameServer(Of("1")).Should().BeTrue();
        Of("1").IsSameServer(Of("2")).Should().BeFalse();
    }

    private static McpServerConfig Single(string members) => Parse($"{{{members}}}");

    private static McpServerConfig Parse(string entry) =>
        McpServerFile.Parse("/etc/bridge/mcp.json", $$$"""{"mcpServers":{"s":{{{entry}}} } }""", s_variables).Servers.Single();
}
