using System.CommandLine;
using Bridge.Host.Output;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge completion</c>: the script that makes a shell complete <c>bridge</c>.</summary>
internal static class CompletionVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var shell = new Argument<string>("SHELL") { Description = "The shell." };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.Shells]);
        var verb = new Verb("completion", "Write the script that makes a shell complete 'bridge'.")
        {
            Examples =
            [
                ("source <(bridge completion bash)", "for this bash; put the line into ~/.bashrc for every one"),
                ("bridge completion zsh > \"${fpath[1]}/_bridge\"", "for zsh"),
                ("bridge completion fish > ~/.config/fish/completions/bridge.fish", "for fish"),
                ("bridge completion pwsh | Out-String | Invoke-Expression", "for PowerShell"),
            ],
        };
        verb.Add(shell);
        verb.Runs(environment, async (context, _) =>
        {
            await context.Output.WriteAsync(CompletionScripts.For(context.Parsed.GetRequiredValue(shell)));
            return ExitCode.Ok;
        });
        return verb;
    }
}
