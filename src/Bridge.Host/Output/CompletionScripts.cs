namespace Bridge.Host.Output;

/// <summary>Scripts that ask <c>bridge [suggest:POSITION] LINE</c>, so that a shell always completes the installed version.</summary>
internal static class CompletionScripts
{
    private const string Bash = """
        _bridge_complete() {
          local IFS=$'\n'
          COMPREPLY=($(bridge "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null))
        }
        complete -o default -F _bridge_complete bridge

        """;

    private const string Zsh = """
        #compdef bridge
        _bridge() {
          local -a suggestions
          suggestions=("${(@f)$(bridge "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a suggestions
        }
        compdef _bridge bridge

        """;

    private const string Fish = """
        function __bridge_complete
          set -l line (commandline -cp)
          bridge "[suggest:"(string length -- $line)"]" $line 2>/dev/null
        end
        complete -c bridge -f -a '(__bridge_complete)'

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName bridge -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          bridge "[suggest:$cursorPosition]" "$commandAst" 2>$null | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }

        """;

    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    };
}
