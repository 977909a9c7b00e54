using System.CommandLine;
using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Credentials;
using Bridge.Mcp.Login;
using Bridge.Mcp.SignIn;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge servers login</c>: signs a person in to a server with OAuth.</summary>
internal static class ServersLoginVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "The server." };
        var scopes = new Option<string[]>("--scope") { Description = "A scope to ask for; several times for several. Default: what the server asks for.", HelpName = "SCOPE" };
        Option<string?> client = ClientChoice.Option("Who signs in, where clients have their own logins");
        var noBrowser = new Option<bool>("--no-browser") { Description = "Only print the address to open." };
        var timeout = new Option<string?>("--timeout") { Description = "How long to wait for consent, such as 90s or 10m. Default: 5m.", HelpName = "TIME" };
        var verb = new Verb("login", "Sign in to a server that wants it, in a browser; a running 'serve' takes the login up by itself.")
        {
            Examples = [("bridge servers login tracker", "opens the address to consent at"), ("bridge servers login tracker --no-browser", "prints it only")],
        };
        verb.Add(name);
        foreach (Option option in new Option[] { client, scopes, noBrowser, timeout })
        {
            verb.Add(option);
        }

        verb.Runs(environment, (context, cancellationToken) =>
        {
            ParseResult parsed = context.Parsed;
            var request = new LoginRequest
            {
                Scopes = [.. parsed.GetValue(scopes) ?? []],
                Patience = PatienceOf(parsed.GetValue(timeout)),
                Show = (consent, token) => ShowAsync(context, consent, !parsed.GetValue(noBrowser), token),
            };
            return RunAsync(context, parsed.GetRequiredValue(name), parsed.GetValue(client), request, cancellationToken);
        });
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, string name, string? client, LoginRequest request, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        await new TrustGate(context.Environment).PassAsync(settings, cancellationToken);
        McpServerConfig server = ConfiguredServers.Read(settings, context.Environment).Require(name);
        if (server.Errors is [var problem, ..])
        {
            throw new BridgeConfigurationException([problem]);
        }

        string whose = await ClientChoice.FindAsync(client, server, settings, context.Environment, cancellationToken);
        if (server.Clients.GetValueOrDefault(whose)?.Uses is { } other)
        {
            throw new VerbException(ExitCode.Usage, $"'{whose}' uses the credential of '{other}': log in with '--for {ClientNames.Quoted(other)}', or give '{whose}' its own in mcp.json.");
        }

        UpstreamLogins logins = ServerLogins.Open(settings, context.Environment);
        LoginResult result;
        try
        {
            server = await ServerLogins.OpenCredentials(settings, context.Environment, logins).PrepareAsync(server, whose, cancellationToken);
            result = await new ServerLogin(logins, context.Environment.Clock, NullLoggerFactory.Instance).RunAsync(server, request, cancellationToken);
        }
        catch (MissingCredentialException error)
        {
            throw new VerbException(ExitCode.Failed, $"{error.Message} {error.Cure}");
        }
        catch (SignInException error)
        {
            throw new VerbException(ExitCode.Failed, $"{error.Message} {error.Cure}");
        }

        if (context.Json)
        {
            JsonText.Write(context.Output, ToJson(server, result));
            return ExitCode.Ok;
        }

        string who = server.CredentialPerClient ? $" for '{whose}'" : "";
        string tools = $"{result.Report.Tools.Tools.Length} tools";
        await context.Output.WriteLineAsync(PlainText.Line(result switch
        {
            { Login: null } => $"The server '{server.Id}' needs no login; it lists {tools}.",
            { IsNew: false, Login: { } login } => $"Logged in to '{server.Id}'{who} at {login.Issuer} already; it lists {tools}. 'bridge servers logout {server.Id}{(who.Length > 0 ? $" --for {ClientNames.Quoted(whose)}" : "")}' ends that.",
            { Login: { } login } => $"Logged in to '{server.Id}'{who} at {login.Issuer}, with {Named(login.Scopes)}; it lists {tools}.",
        }));
        return ExitCode.Ok;
    }

    private static async Task ShowAsync(VerbContext context, Consent consent, bool open, CancellationToken cancellationToken)
    {
        await context.Error.WriteLineAsync(PlainText.Line($"{consent.Issuer} asks for your consent to {Named(consent.Scopes)}, in a browser on this machine:").AsMemory(), cancellationToken);
        await context.Error.WriteLineAsync(consent.Address.AbsoluteUri.AsMemory(), cancellationToken);
        await context.Error.FlushAsync(cancellationToken);
        if (open && context.Environment.IsInteractive)
        {
            context.Environment.OpenBrowser(consent.Address);
        }
    }

    private static string Named(IReadOnlyCollection<string> scopes) => scopes.Count == 0 ? "the scopes it gives by itself" : $"the scopes '{string.Join(' ', scopes)}'";

    private static TimeSpan PatienceOf(string? text)
    {
        if (text is null)
        {
            return TimeSpan.FromMinutes(5);
        }

        return Duration.TryParseLong(text, out TimeSpan patience) && patience > TimeSpan.Zero && patience <= TimeSpan.FromHours(1)
            ? patience
            : throw new VerbException(ExitCode.Usage, $"'{text}' is not allowed for '--timeout': write a time up to an hour, such as '90s' or '10m'.");
    }

    private static JsonObject ToJson(McpServerConfig server, LoginResult result) => new()
    {
        ["id"] = server.Id,
        ["issuer"] = result.Login?.Issuer,
        ["scopes"] = new JsonArray([.. (result.Login?.Scopes ?? []).Select(scope => (JsonNode)scope)]),
        ["expires_at"] = result.Login?.Expires?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["is_new"] = result.IsNew,
        ["tools"] = result.Report.Tools.Tools.Length,
    };
}
