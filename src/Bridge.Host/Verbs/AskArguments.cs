using System.CommandLine;
using System.CommandLine.Parsing;
using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Host.Sessions;
using Bridge.Host.Terminal;
using Bridge.Pipeline;
using Bridge.Prompts;

namespace Bridge.Host.Verbs;

/// <summary>What <c>bridge ask</c> understands.</summary>
internal sealed class AskArguments
{
    private readonly Argument<string[]> _words = new("PROMPT")
    {
        Description = "What to ask; '-' reads it from standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _stdin = new("--stdin") { Description = "Append standard input to the prompt." };
    private readonly Option<string?> _system = new("--system") { Description = "A system message before the prompt.", HelpName = "TEXT" };
    private readonly Option<string?> _caller = new("--caller") { Description = "Who chooses tools, such as 'embedded' or 'ollama/qwen3:0.6b'. Default: Bridge:Callers.", HelpName = "MODEL" };
    private readonly Option<string?> _responder = new("--responder") { Description = "Who answers: 'template' or a model. Default: Bridge:Responder.", HelpName = "MODEL" };
    private readonly Option<string> _choose = new("--choose")
    {
        Description = "Whether a tool is called: 'auto', 'none', 'required', or the one tool that must be.",
        HelpName = "CHOICE",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string[]> _tools = new("--tool") { Description = "A tool that may be called, an id, name or glob; several times for several. Default: all.", HelpName = "TOOL" };
    private readonly Option<int?> _attempts = new("--attempts") { Description = "How often each caller may try. Default: its profile.", HelpName = "N" };
    private readonly Option<int?> _maxCalls = new("--max-calls") { Description = "The most calls. Default: Bridge:Limits:MaxCalls.", HelpName = "N" };
    private readonly Option<TimeSpan?> _timeout = new("--timeout")
    {
        Description = "How long everything may take, such as 30s. Default: Bridge:Limits:PromptTimeout.",
        HelpName = "TIME",
        CustomParser = ParseDuration,
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Propose calls and execute none." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Consent to the calls of this prompt." };

    /// <summary>Adds everything to the verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        verb.Add(_words);
        foreach (Option option in new Option[] { _caller, _responder, _choose, _tools, _attempts, _maxCalls, _timeout, _dryRun, _yes, _system, _stdin })
        {
            verb.Add(option);
        }

        foreach (Option<int?> number in new[] { _attempts, _maxCalls })
        {
            number.Validators.Add(result =>
            {
                if (result.Errors.Any() || result.GetValueOrDefault<int?>() is null or >= 1)
                {
                    return;
                }

                result.AddError($"'{number.Name}' must be a whole number from 1.");
            });
        }
    }

    /// <summary>Reads the question.</summary>
    /// <param name="context">The run.</param>
    /// <param name="cancellationToken">Ends reading standard input.</param>
    /// <returns>The question.</returns>
    /// <exception cref="VerbException">There is no prompt.</exception>
    public async Task<Question> ReadAsync(VerbContext context, CancellationToken cancellationToken)
    {
        ParseResult parsed = context.Parsed;
        string text = await ReadPromptAsync(context, cancellationToken);
        Prompt prompt = parsed.GetValue(_system) is { } system ? Prompt.Create().System(system) : Prompt.Create();
        var options = new ToolCallOptions
        {
            Caller = parsed.GetValue(_caller),
            Attempts = parsed.GetValue(_attempts),
            Choice = ChoiceOf(parsed.GetValue(_choose)!),
            AllowedTools = [.. parsed.GetValue(_tools) ?? []],
            Execute = !parsed.GetValue(_dryRun),
            MaxCalls = parsed.GetValue(_maxCalls),
            Timeout = parsed.GetValue(_timeout),
        };
        return new Question(prompt.User(text), options)
        {
            Responder = parsed.GetValue(_responder),
            Approved = parsed.GetValue(_yes),
        };
    }

    private static ToolChoice ChoiceOf(string text) => text switch
    {
        "auto" => ToolChoice.Auto,
        "none" => ToolChoice.None,
        "required" => ToolChoice.Required,
        _ => ToolChoice.Named(text),
    };

    private static TimeSpan? ParseDuration(ArgumentResult result)
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (Duration.TryParse(text, out TimeSpan duration) && duration > TimeSpan.Zero)
        {
            return duration;
        }

        result.AddError($"'{text}' is not allowed for '--timeout': write {Duration.Allowed}.");
        return null;
    }

    private async Task<string> ReadPromptAsync(VerbContext context, CancellationToken cancellationToken)
    {
        string words = string.Join(' ', context.Parsed.GetValue(_words) ?? []);
        bool only = words == "-";
        if (!only && !context.Parsed.GetValue(_stdin))
        {
            return words.Trim().Length > 0 ? words : throw NoPrompt();
        }

        string piped = (await context.Environment.Input.ReadToEndAsync(cancellationToken)).Trim();
        string text = only || words.Length == 0 ? piped : $"{words}\n\n{piped}";
        return text.Trim().Length > 0 ? text : throw NoPrompt();
    }

    private static VerbException NoPrompt() =>
        new(ExitCode.Usage, "There is no prompt. Write it behind 'ask', such as: bridge ask \"Add 2 to 3 using available tools.\"");
}
