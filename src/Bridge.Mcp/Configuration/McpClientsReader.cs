using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Bridge.Configuration;

namespace Bridge.Mcp.Configuration;

/// <summary>Reads whose credential a server is shown: the members <c>credentials</c> and <c>clients</c>, and the variables <c>${client:NAME}</c>.</summary>
internal static class McpClientsReader
{
    private const string Key = "clients";
    private const string ModeKey = "credentials";

    // Elsewhere, one client could lead Bridge to another place than the one a person wrote.
    private static readonly string[] s_places = ["args", "env", "headers"];

    /// <summary>Finds the variables that every client has for itself.</summary>
    /// <param name="written">The server as written, with nothing put in yet.</param>
    /// <param name="report">Takes a key, what is wrong there, and the cure.</param>
    /// <returns>Their names, in order.</returns>
    public static ImmutableArray<string> FindVariables(JsonObject written, Action<string, string, string> report)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((string key, JsonNode? value) in written)
        {
            foreach (string name in ClientVariables.In(value))
            {
                if (!s_places.Contains(key, StringComparer.Ordinal))
                {
                    report(key, $"'${{client:{name}}}' has no meaning in '{key}'.", "Use it in 'env', 'headers' or 'args'.");
                }
                else if (!ClientVariables.IsName(name))
                {
                    report(key, $"'{name}' is no name of a client's variable.", "Write ${client:NAME}, with letters, digits and '_'; what stands in for a missing one is said by \"clients\": { \"*\": … }.");
                }
                else
                {
                    names.Add(name);
                }
            }
        }

        return [.. names];
    }

    /// <summary>Reads whose credentials count.</summary>
    /// <param name="config">The server, with everything else read.</param>
    /// <param name="entry">Its entry.</param>
    /// <returns>The server.</returns>
    public static McpServerConfig Read(McpServerConfig config, ConfigEntry entry)
    {
        bool? chosen = ReadMode(entry);
        config = config with
        {
            Clients = entry.Section(Key) is { } clients ? ReadClients(config, clients) : config.Clients,
            CredentialPerClient = chosen ?? (entry.Has(Key) || !config.ClientVariables.IsEmpty),
        };
        if (!config.CredentialPerClient)
        {
            if (entry.Has(Key) || !config.ClientVariables.IsEmpty)
            {
                entry.Report("credentials-contradict", ModeKey, "'credentials' is 'server', and clients have some of their own.", $"Remove '{ModeKey}', or '{Key}' and every ${{client:…}}.");
            }

            return config;
        }

        if (config.Scope == Tools.SourceScope.Shared)
        {
            entry.Report("shared-credentials", "scope", "A server that every client has a credential of its own for cannot be shared between them.", "Remove 'scope': each client gets a connection of its own.");
        }

        if (config.ClientVariables.IsEmpty && config.Url is null)
        {
            entry.Report("no-client-variable", ModeKey, "Every client has a credential of its own, and nothing says where it goes.", "Write ${client:NAME} into 'env', such as { \"TOKEN\": \"${client:TOKEN}\" }.");
        }
        else if (config.ClientVariables.IsEmpty && config.HasAuthorization)
        {
            entry.Report("server-wide-credential", "headers", "Every client has a credential of its own, and 'Authorization' is the same for all.", "Write ${client:NAME} there, or remove it so that each client signs in.");
        }

        return config;
    }

    private static bool? ReadMode(ConfigEntry entry)
    {
        switch (entry.Text(ModeKey))
        {
            case null:
                return null;
            case "client":
                return true;
            case "server":
                return false;
            case var other:
                entry.Report("unknown-value", ModeKey, $"'{other}' does not say whose credentials count.", "Use client (every client has its own) or server (one for all).");
                return null;
        }
    }

    private static ImmutableSortedDictionary<string, McpClientCredential> ReadClients(McpServerConfig config, ConfigEntry section)
    {
        var clients = McpServerConfig.NoClients.ToBuilder();
        foreach (string client in section.Keys)
        {
            if (client != ClientNames.Everyone && !ClientNames.IsClient(client))
            {
                section.Report("not-a-client", client, $"'{client}' names no client.", $"Write {ClientNames.Forms}, or '*' for those that have none of their own.");
            }
            else if (!section.IsText(client))
            {
                clients[client] = new McpClientCredential { Values = ReadValues(config, client, section) };
            }
            else if (section.Text(client) is var other && ClientNames.IsClient(other) && other != client)
            {
                clients[client] = new McpClientCredential { Uses = other };
            }
            else
            {
                section.Report("not-a-client", client, $"'{other}' names no other client.", $"Write whose credential '{client}' uses: {ClientNames.Forms}; or the values of its own as {{ \"NAME\": \"value\" }}.");
            }
        }

        foreach ((string client, McpClientCredential credential) in clients)
        {
            if (credential.Uses is { } other && clients.TryGetValue(other, out McpClientCredential? its) && its.Uses is not null)
            {
                section.Report("not-a-client", client, $"'{client}' uses the credential of '{other}', which has none of its own.", $"Write '{its.Uses}'.");
            }
        }

        return clients.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> ReadValues(McpServerConfig config, string client, ConfigEntry section)
    {
        ImmutableSortedDictionary<string, string> values = section.Pairs(client);
        foreach (string name in values.Keys.Where(name => !config.ClientVariables.Contains(name)))
        {
            string cure = ConfigFileKeys.NearMiss(name, config.ClientVariables) is { } meant ? $"Did you mean '{meant}'?" : $"Write ${{client:{name}}} into 'env', 'headers' or 'args'.";
            section.Report("unknown-client-variable", client, $"Nothing of the server uses the value '{name}'.", cure);
        }

        return values;
    }
}
