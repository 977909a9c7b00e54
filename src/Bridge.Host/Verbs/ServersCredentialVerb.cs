using System.CommandLine;
using System.Text.Json.Nodes;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Credentials;
using Bridge.Mcp.SignIn;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge servers credential</c>: the values of <c>${client:NAME}</c> that single clients have.</summary>
internal static class ServersCredentialVerb
{
    private const int MostCharacters = 65_536;

    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("credential", "Keep, forget and list what single clients show to a server, such as tokens.")
        {
            Examples =
            [
                ("bridge servers credential set github TOKEN --for laptop < token.txt", "for the key called 'laptop'"),
                ("bridge servers credential list github", "who has one and who lacks one; never the values"),
            ],
        };
        verb.Add(Set(environment));
        verb.Add(Remove(environment));
        verb.Add(List(environment));
        return verb;
    }

    private static Verb Set(CommandEnvironment environment)
    {
        var server = new Argument<string>("NAME") { Description = "The server." };
        var value = new Argument<string?>("VARIABLE") { Description = "What stands behind 'client:' in mcp.json; not needed where there is one.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> client = ClientChoice.Option("Whose value it is");
        var variable = new Option<string?>("--from-env") { Description = "The environment variable that holds the value. Default: standard input.", HelpName = "VARIABLE" };
        var verb = new Verb("set", "Keep a value for a client, encrypted; it is read from standard input, so that no list of processes and no history shows it.")
        {
            Examples =
            [
                ("bridge servers credential set github TOKEN --for user:alice < token.txt", "from a file"),
                ("bridge servers credential set github --for key:4f1c0a9be210 --from-env TOKEN", "from a variable"),
            ],
        };
        verb.Add(server);
        verb.Add(value);
        verb.Add(client);
        verb.Add(variable);
        verb.Runs(environment, async (context, cancellationToken) =>
        {
            Place place = await Place.FindAsync(context, context.Parsed.GetRequiredValue(server), context.Parsed.GetValue(client), cancellationToken);
            string name = NameOf(place.Server, context.Parsed.GetValue(value));
            string secret = context.Parsed.GetValue(variable) is { } from
                ? context.Environment.Variable(from) ?? throw new VerbException(ExitCode.Usage, $"The environment variable '{from}' is not set.")
                : await ReadAsync(context, cancellationToken);
            if (secret.Length is 0 or > MostCharacters || secret.AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                throw new VerbException(ExitCode.Usage, $"A value is one line of 1 to {MostCharacters} characters; give it on standard input or by '--from-env'.");
            }

            await place.Credentials.SetAsync(place.Server, place.Client, name, secret, cancellationToken);
            await context.Output.WriteLineAsync(PlainText.Line($"'{name}' of '{place.Client}' for '{place.Server.Id}' is kept."));
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Remove(CommandEnvironment environment)
    {
        var server = new Argument<string>("NAME") { Description = "The server." };
        var value = new Argument<string?>("VARIABLE") { Description = "What stands behind 'client:' in mcp.json; all when not given.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> client = ClientChoice.Option("Whose value it is");
        var verb = new Verb("remove", "Forget what is kept for a client; a running 'serve' stops using it within seconds.")
        {
            Examples = [("bridge servers credential remove github --for user:alice", "everything of hers for this server")],
        };
        verb.Add(server);
        verb.Add(value);
        verb.Add(client);
        verb.Runs(environment, async (context, cancellationToken) =>
        {
            Place place = await Place.FindAsync(context, context.Parsed.GetRequiredValue(server), context.Parsed.GetValue(client), cancellationToken);
            bool any = await place.Credentials.RemoveAsync(place.Server, place.Client, context.Parsed.GetValue(value), cancellationToken);
            await context.Output.WriteLineAsync(PlainText.Line(any ? $"Forgotten for '{place.Client}' at '{place.Server.Id}'." : $"Nothing was kept for '{place.Client}' at '{place.Server.Id}'."));
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb List(CommandEnvironment environment)
    {
        var server = new Argument<string>("NAME") { Description = "The server." };
        var verb = new Verb("list", "Say which clients have a credential at a server, and which keys lack one.")
        {
            Examples = [("bridge servers credential list github --json", "for a program")],
        };
        verb.Add(server);
        verb.Runs(environment, async (context, cancellationToken) =>
        {
            Place place = await Place.FindAsync(context, context.Parsed.GetRequiredValue(server), null, cancellationToken);
            IReadOnlyList<ClientCredentialState> states = await ClientSurvey.LookAsync(place.Server, place.Settings, context.Environment, cancellationToken);
            if (context.Json)
            {
                JsonText.Write(context.Output, new JsonObject { ["server"] = place.Server.Id, ["clients"] = new JsonArray([.. states.Select(ToJson)]) });
                return ExitCode.Ok;
            }

            foreach (ClientCredentialState state in states)
            {
                await context.Output.WriteLineAsync(PlainText.Line($"{state.Client}  {ClientSurvey.Describe(state)}"));
            }

            return ExitCode.Ok;
        });
        return verb;
    }

    private static string NameOf(McpServerConfig server, string? written)
    {
        if (written is null ? server.ClientVariables is [_] : server.ClientVariables.Contains(written))
        {
            return written ?? server.ClientVariables[0];
        }

        string known = string.Join(", ", server.ClientVariables.Select(name => $"'{name}'"));
        throw new VerbException(ExitCode.Usage, server.ClientVariables.IsEmpty
            ? $"The server '{server.Id}' uses no values of clients: write ${{client:NAME}} into its 'env' or 'headers', or sign in with 'bridge servers login {server.Id} --for CLIENT'."
            : $"Say which value: the server '{server.Id}' uses {known}.");
    }

    private static async Task<string> ReadAsync(VerbContext context, CancellationToken cancellationToken)
    {
        if (context.Environment.InputIsTerminal)
        {
            throw new VerbException(ExitCode.Usage, "A terminal would show the value: pipe it in ('… < token.txt'), or use '--from-env'.");
        }

        string text = await context.Environment.Input.ReadToEndAsync(cancellationToken);
        return text.TrimEnd('\r', '\n');
    }

    private static JsonNode ToJson(ClientCredentialState state) => new JsonObject
    {
        ["client"] = state.Client,
        ["has_credential"] = state.Missing is null,
        ["uses"] = state.Uses,
        ["values"] = new JsonArray([.. state.Values.Select(name => (JsonNode)name)]),
        ["login"] = state.Login is null ? null : state.Login.IsOver ? "over" : "logged in",
        ["missing"] = state.Missing,
    };

    /// <summary>What a verb works on.</summary>
    private sealed record Place(BridgeSettings Settings, McpServerConfig Server, string Client, ClientCredentials Credentials)
    {
        public static async Task<Place> FindAsync(VerbContext context, string name, string? client, CancellationToken cancellationToken)
        {
            BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
            McpServerConfig server = ConfiguredServers.Read(settings, context.Environment).Require(name);
            if (!server.CredentialPerClient)
            {
                throw ClientSurvey.OneForAll(server);
            }

            UpstreamLogins logins = ServerLogins.Open(settings, context.Environment);
            return new(
                settings, server, await ClientChoice.FindAsync(client, settings, context.Environment, cancellationToken), ServerLogins.OpenCredentials(settings, context.Environment, logins));
        }
    }
}
