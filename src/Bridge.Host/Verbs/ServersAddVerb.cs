using System.CommandLine;
using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Host.Setup;
using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge servers add</c>.</summary>
internal static class ServersAddVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "What to call the server: lower-case letters, digits and '-'." };
        var command = new Argument<string[]>("COMMAND")
        {
            Description = "Behind '--': the command that starts the server, and its arguments.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var url = new Option<string?>("--url") { Description = "The address of a server that runs already.", HelpName = "URL" };
        var type = new Option<string?>("--type") { Description = "How to speak to the address; found out when not given." };
        type.AcceptOnlyFromAmong("streamable-http", "sse");
        var variables = new Option<string[]>("--env") { Description = "A variable for the command; several times for several.", HelpName = "NAME=VALUE" };
        var headers = new Option<string[]>("--header") { Description = "A header for the address; ${env:NAME} keeps a secret out of the file.", HelpName = "NAME=VALUE" };
        var verb = new Verb("add", "Add a server to mcp.json; comments and layout of the file stay.")
        {
            Examples =
            [
                ("bridge servers add files -- npx -y @modelcontextprotocol/server-filesystem .", "a server that Bridge starts"),
                ("bridge servers add weather --url http://127.0.0.1:8080/mcp", "a server that runs already"),
            ],
        };
        verb.Add(name);
        verb.Add(command);
        foreach (Option option in new Option[] { url, type, variables, headers })
        {
            verb.Add(option);
        }

        verb.Runs(environment, (context, cancellationToken) =>
        {
            ParseResult parsed = context.Parsed;
            var wish = new ServerWish(parsed.GetRequiredValue(name), parsed.GetValue(command) ?? [], parsed.GetValue(url))
            {
                Type = parsed.GetValue(type),
                Variables = parsed.GetValue(variables) ?? [],
                Headers = parsed.GetValue(headers) ?? [],
            };
            return RunAsync(context, wish, cancellationToken);
        });
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, ServerWish wish, CancellationToken cancellationToken)
    {
        JsonObject entry = wish.ToEntry();
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        McpServerConfig? added = null;
        await new ServerFile(settings, context.Environment).ChangeAsync(path => added = McpServerFileEditor.Add(path, wish.Name, entry), cancellationToken);
        foreach (ConfigProblem problem in added!.Errors.Concat(added.Warnings))
        {
            await context.Error.WriteLineAsync(problem.ToString());
        }

        await context.Output.WriteLineAsync($"Added '{wish.Name}' to '{settings.McpFile}'.");
        await context.Error.WriteLineAsync($"'bridge servers test {wish.Name}' connects to it.");
        return ExitCode.Ok;
    }
}
