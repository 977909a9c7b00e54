using System.Collections;

namespace Bridge.Host.Terminal;

/// <summary>Everything a verb sees of the process it runs in, so that tests can run verbs in theirs.</summary>
internal sealed record CommandEnvironment
{
    /// <summary>Standard input.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Standard output: the result and nothing else.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error: notices, progress, logs.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The current folder.</summary>
    public required string CurrentFolder { get; init; }

    /// <summary>The variables.</summary>
    public required IReadOnlyDictionary<string, string?> Variables { get; init; }

    /// <summary>Standard input as bytes, for a protocol.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Standard output as bytes, for a protocol.</summary>
    public Func<Stream> OpenOutput { get; init; } = Console.OpenStandardOutput;

    /// <summary>Whether a person can be asked: input and error output are a terminal.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether input is a terminal, so that reading it waits for a person.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Whether output goes to a terminal and colour is welcome there.</summary>
    public bool OutputHasColor { get; init; }

    /// <summary>Whether error output goes to a terminal and may be redrawn.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The executable that <c>${bridge:exe}</c> stands for; <see langword="null"/> to find it out.</summary>
    public string? Executable { get; init; }

    /// <summary>The signals of the process; <see langword="null"/> where nobody sends any.</summary>
    public StopSignals? Signals { get; init; }

    /// <summary>Opens an address in the person's browser, if there is one.</summary>
    public Func<Uri, bool> OpenBrowser { get; init; } = static address => Browser.TryOpen(address, Environment.GetEnvironmentVariable);

    /// <summary>The environment of this process.</summary>
    /// <param name="signals">The signals of the process.</param>
    /// <returns>The environment.</returns>
    public static CommandEnvironment OfProcess(StopSignals? signals)
    {
        Dictionary<string, string?> variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(
                entry => (string)entry.Key,
                entry => (string?)entry.Value,
                OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        bool plain = !string.IsNullOrEmpty(variables.GetValueOrDefault("NO_COLOR")) || variables.GetValueOrDefault("TERM") == "dumb";
        return new CommandEnvironment
        {
            Input = Console.In,
            Output = Console.Out,
            Error = Console.Error,
            CurrentFolder = Environment.CurrentDirectory,
            Variables = variables,
            InputIsTerminal = !Console.IsInputRedirected,
            IsInteractive = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            OutputHasColor = !Console.IsOutputRedirected && !plain,
            ErrorIsTerminal = !Console.IsErrorRedirected && !plain,
            Signals = signals,
        };
    }

    /// <summary>The value of a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value; <see langword="null"/> when it is not set.</returns>
    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    /// <summary>Asks a person a question that is answered with yes or no.</summary>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the answer was yes; <see langword="null"/> when nobody can be asked.</returns>
    public async Task<bool?> AskAsync(string question, CancellationToken cancellationToken)
    {
        if (!IsInteractive)
        {
            return null;
        }

        await Error.WriteAsync($"{PlainText.Lines(question)} [y/N] ".AsMemory(), cancellationToken);
        await Error.FlushAsync(cancellationToken);
        string? answer = await Task.Run(Input.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
