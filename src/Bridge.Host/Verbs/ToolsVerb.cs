using System.CommandLine;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Sessions;
using Bridge.Host.Terminal;
using Bridge.Http.Contracts;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge tools</c>: the tools there are.</summary>
internal static class ToolsVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("tools", "List the tools of the configured servers, search them, or check how they are defined.")
        {
            Examples =
            [
                ("bridge tools", "every tool by id, with its description"),
                ("bridge tools search add numbers", "those whose name or description holds every word"),
                ("bridge tools --json", "with their schemas"),
                ("bridge tools check calculator", "what keeps models from calling a server's tools well"),
            ],
        };
        var list = new Verb("list", "List every tool.") { Examples = [("bridge tools list", "every tool by id, with its description")] };
        var words = new Argument<string[]>("WORDS") { Description = "What to look for.", Arity = ArgumentArity.OneOrMore };
        var search = new Verb("search", "List the tools whose name or description holds every word.")
        {
            Examples = [("bridge tools search add numbers", "the calculator's 'add'")],
        };
        search.Add(words);
        verb.Runs(environment, (context, cancellationToken) => RunAsync(context, [], cancellationToken));
        list.Runs(environment, (context, cancellationToken) => RunAsync(context, [], cancellationToken));
        search.Runs(environment, (context, cancellationToken) => RunAsync(context, SplitWords(context.Parsed.GetValue(words) ?? []), cancellationToken));
        verb.Add(list);
        verb.Add(search);
        verb.Add(ToolsCheckVerb.Create(environment));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, string[] words, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        await using IBridgeSession session =
            await new SessionFactory(context.Environment, context.Verbose).OpenAsync(settings, context.Standalone, cancellationToken);
        ToolListContract list = await session.ListToolsAsync(cancellationToken);
        list = list with { Tools = [.. list.Tools.Where(tool => Array.TrueForAll(words, word => Mentions(tool, word)))] };
        ToolText.WriteMissing(context.Environment, list);
        if (words.Length > 0 && list.Tools.Count == 0)
        {
            await context.Environment.Error.WriteLineAsync($"No tool has {string.Join(" and ", words.Select(word => $"'{word}'"))} in its name or description.");
        }

        if (context.Json)
        {
            OutcomeText.WriteJson(context.Output, list, BridgeJsonContext.Readable.ToolListContract);
        }
        else
        {
            ToolText.Write(context.Environment, list);
        }

        return ExitCode.Ok;
    }

    private static string[] SplitWords(string[] words) =>
        [.. words.SelectMany(word => word.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static bool Mentions(ToolContract tool, string word) =>
        tool.Id.Contains(word, StringComparison.OrdinalIgnoreCase) || tool.Description.Contains(word, StringComparison.OrdinalIgnoreCase);
}
