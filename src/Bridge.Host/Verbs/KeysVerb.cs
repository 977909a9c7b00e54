using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Identity;
using Bridge.Storage;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge keys</c>: the keys of clients.</summary>
internal static class KeysVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("keys", "Print the key of this machine; create, list and revoke keys for other clients.")
        {
            Examples =
            [
                ("curl -H \"Authorization: Bearer $(bridge keys)\" http://127.0.0.1:8787/v1/tools", "calls the running 'bridge serve'"),
                ("bridge keys create laptop --scope prompts --expires 30d", "shows a key once"),
                ("bridge keys list", "the keys without their secrets"),
            ],
        };
        verb.Runs(environment, async (context, _) =>
        {
            await context.Output.WriteLineAsync(RingOf(context).EnsureLocalKey());
            return ExitCode.Ok;
        });
        verb.Add(CreateKey(environment));
        verb.Add(List(environment));
        verb.Add(Revoke(environment));
        return verb;
    }

    private static Verb CreateKey(CommandEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "What to call the client." };
        var scopes = new Option<string[]>("--scope") { Description = $"What it may do: {string.Join(", ", KeyScopes.All)}. Default: {string.Join(", ", KeyScopes.Default)}.", HelpName = "SCOPE" };
        scopes.AcceptOnlyFromAmong([.. KeyScopes.All]);
        var expires = new Option<string?>("--expires") { Description = "How long it lasts, such as 12h or 20d. Default: until it is revoked.", HelpName = "TIME" };
        var verb = new Verb("create", "Make a key for a client; it is shown once.")
        {
            Examples = [("bridge keys create laptop --scope prompts --expires 30d", "shows a key once")],
        };
        verb.Add(name);
        verb.Add(scopes);
        verb.Add(expires);
        verb.Runs(environment, async (context, cancellationToken) =>
        {
            TimeSpan? lifetime = LifetimeOf(context.Parsed.GetValue(expires));
            CreatedKey key = await RingOf(context).CreateAsync(
                context.Parsed.GetRequiredValue(name), context.Parsed.GetValue(scopes) ?? [], lifetime, cancellationToken);
            await context.Output.WriteLineAsync(key.Text);
            await context.Error.WriteLineAsync($"This is the key '{key.Key.Id}'. It cannot be shown again.");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb List(CommandEnvironment environment)
    {
        var verb = new Verb("list", "List the keys, without their secrets.") { Examples = [("bridge keys list --json", "for a program")] };
        verb.Runs(environment, async (context, cancellationToken) =>
        {
            IReadOnlyList<ApiKey> keys = await RingOf(context).ListAsync(cancellationToken);
            if (context.Json)
            {
                JsonText.Write(context.Output, new JsonObject { ["keys"] = new JsonArray([.. keys.Select(ToJson)]) });
                return ExitCode.Ok;
            }

            DateTimeOffset now = environment.Clock.GetUtcNow();
            foreach (ApiKey key in keys)
            {
                string state = key.Revoked is not null ? "revoked" : key.Expires <= now ? "expired" : key.Expires is { } end ? $"until {end:yyyy-MM-dd HH:mm}Z" : "no end";
                await context.Output.WriteLineAsync($"{key.Id}  {key.Name}  {string.Join(',', key.Scopes.Order())}  {state}");
            }

            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Revoke(CommandEnvironment environment)
    {
        var id = new Argument<string>("ID") { Description = "The key's id, as 'bridge keys list' shows it." };
        var verb = new Verb("revoke", "Revoke a key.") { Examples = [("bridge keys revoke 1a2b3c4d", "refused within seconds")] };
        verb.Add(id);
        verb.Runs(environment, async (context, cancellationToken) =>
        {
            string key = context.Parsed.GetRequiredValue(id);
            if (!await RingOf(context).RevokeAsync(key, cancellationToken))
            {
                throw new VerbException(ExitCode.Usage, $"There is no key '{key}'; 'bridge keys list' shows those there are.");
            }

            await context.Output.WriteLineAsync($"The key '{key}' is revoked.");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static TimeSpan? LifetimeOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Duration.TryParseLong(text, out TimeSpan lifetime) && lifetime > TimeSpan.Zero
            ? lifetime
            : throw new VerbException(ExitCode.Usage, $"'{text}' is not allowed for '--expires': write a time such as '12h', '30d' or '365d'.");
    }

    private static KeyRing RingOf(VerbContext context)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        DataFolder data = DataFolder.Open(settings.DataFolder);
        TimeProvider clock = context.Environment.Clock;
        return new KeyRing(new FileBridgeStore(data, clock), new LocalKeyFile(data), clock);
    }

    private static JsonNode ToJson(ApiKey key) => new JsonObject
    {
        ["id"] = key.Id,
        ["name"] = key.Name,
        ["scopes"] = new JsonArray([.. key.Scopes.Order().Select(scope => (JsonNode)scope)]),
        ["created_at"] = key.Created.ToString("O", CultureInfo.InvariantCulture),
        ["expires_at"] = key.Expires?.ToString("O", CultureInfo.InvariantCulture),
        ["revoked_at"] = key.Revoked?.ToString("O", CultureInfo.InvariantCulture),
    };
}
