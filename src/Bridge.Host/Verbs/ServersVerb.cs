using System.CommandLine;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge servers</c>: the MCP servers of the configuration.</summary>
internal static class ServersVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("servers", "List, add, remove, test and approve MCP servers, and sign in to them.")
        {
            Examples =
            [
                ("bridge servers list", "the configured servers"),
                ("bridge servers add files -- npx -y @modelcontextprotocol/server-filesystem .", "a server that Bridge starts"),
                ("bridge servers add weather --url https://example.com/mcp --header \"Authorization=Bearer ${env:TOKEN}\"", "a server behind a URL"),
                ("bridge servers test", "connects to each and counts its tools"),
            ],
        };
        verb.Add(ServersListVerb.Create(environment));
        verb.Add(ServersTestVerb.Create(environment));
        verb.Add(ServersApproveVerb.Create(environment));
        verb.Add(ServersAddVerb.Create(environment));
        verb.Add(ServersRemoveVerb.Create(environment));
        verb.Add(ServersLoginVerb.Create(environment));
        verb.Add(ServersLogoutVerb.Create(environment));
        verb.Add(ServersCredentialVerb.Create(environment));
        return verb;
    }
}
