using System.CommandLine;
using Bridge.Host.Composition;
using Bridge.Host.Serving;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge serve</c>: the worker with its HTTP faces.</summary>
internal static class ServeVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var url = new Option<string?>("--url") { Description = "Where to listen. Default: Bridge:Http:Url, http://127.0.0.1:8787.", HelpName = "URL" };
        var noAuth = new Option<bool>("--no-auth") { Description = "Ask for no key; on loopback only." };
        var insecure = new Option<bool>("--insecure-http") { Description = "Listen beyond loopback without TLS." };
        var verb = new Verb("serve", "Keep the servers running and serve prompts over HTTP.")
        {
            Examples =
            [
                ("bridge serve", "on http://127.0.0.1:8787; 'bridge keys' prints the key"),
                ("bridge serve --url http://127.0.0.1:0", "on any free port"),
            ],
        };
        verb.Add(url);
        verb.Add(noAuth);
        verb.Add(insecure);
        verb.Runs(environment, async (context, cancellationToken) =>
        {
            SettingsRequest request = context.Settings with { Reload = true };
            if (context.Parsed.GetValue(url) is { } address)
            {
                request = request with { Overrides = new Dictionary<string, string?> { ["Bridge:Http:Url"] = address } };
            }

            BridgeSettings settings = SettingsLoader.Load(request, environment);
            var options = new ServeOptions(context.Parsed.GetValue(noAuth), context.Parsed.GetValue(insecure), context.Verbose);
            return await new ServeRunner(settings, environment, options).RunAsync(cancellationToken);
        });
        return verb;
    }
}
