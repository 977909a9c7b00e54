using Bridge.Host.Terminal;
using Bridge.Host.Verbs;
using Bridge.TestKit;

namespace Bridge.Host.Tests.Terminal;

/// <summary>Runs verbs in this process, in folders of their own, with captured output.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public CommandRun()
    {
        Directory.CreateDirectory(Current);
        Variables["HOME"] = _home.Path;
        Variables["XDG_CONFIG_HOME"] = Path.Combine(_home.Path, "xdg");
        Variables["APPDATA"] = Path.Combine(_home.Path, "xdg");
        Variables["BRIDGE_DATA_DIR"] = Data;
        Variables["OLLAMA_HOST"] = "127.0.0.1:9"; // the discard port: nobody answers
    }

    /// <summary>The current folder of the verbs.</summary>
    public string Current => Path.Combine(_home.Path, "current");

    /// <summary>The user's configuration folder.</summary>
    public string User => Path.Combine(_home.Path, "xdg", "bridge");

    /// <summary>The data folder.</summary>
    public string Data => Path.Combine(_home.Path, "data");

    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>What a person types; <see langword="null"/> when nobody is there.</summary>
    public string? Typed { get; set; }

    /// <summary>What is piped in.</summary>
    public string Piped { get; set; } = "";

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public string Write(string name, string content) => _home.Write(Path.Combine("current", name), content);

    public string Read(string path) => File.ReadAllText(Path.Combine(Current, path));

    public Task<int> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    public async Task<int> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CommandEnvironment
        {
            Input = new StringReader(Typed ?? Piped),
            Output = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(error),
            CurrentFolder = Current,
            Variables = Variables,
            IsInteractive = Typed is not null,
            InputIsTerminal = Typed is not null,
            Executable = BuiltBridge.Executable,
        };
        int code = await BridgeCommand.RunAsync(arguments, environment, cancellationToken);
        Output = output.ToString();
        Error = error.ToString();
        return code;
    }

    public void Dispose() => _home.Dispose();
}
