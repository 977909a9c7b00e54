using Bridge.Host.Terminal;
using Bridge.Host.Verbs;
using Bridge.TestKit;

namespace Bridge.Host.Tests.Terminal;

/// <summary>Runs verbs in this process, in folders of their own, with captured output.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly TemporaryFolder _home;
    private readonly bool _owns;

    public CommandRun()
        : this(new TemporaryFolder(), owns: true)
    {
    }

    private CommandRun(TemporaryFolder home, bool owns)
    {
        (_home, _owns) = (home, owns);
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

    /// <summary>What opening a browser does.</summary>
    public Func<Uri, bool> Opens { get; init; } = _ => false;

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
        CommandEnvironment environment = CreateEnvironment(TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        int code = await BridgeCommand.RunAsync(arguments, environment, cancellationToken);
        Output = output.ToString();
        Error = error.ToString();
        return code;
    }

    /// <summary>The same folders for another command at the same time.</summary>
    public CommandRun Beside() => new(_home, owns: false);

    /// <summary>Waits until a serve that was begun has announced itself; fails when it ended instead.</summary>
    public async Task WaitForServeAsync(Task<int> serving)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        string folder = Path.Combine(Data, "serve");
        while (!serving.IsCompleted && !(Directory.Exists(folder) && Directory.GetFiles(folder, "*.json").Length > 0))
        {
            await Task.Delay(50, patience.Token);
        }

        serving.IsCompleted.Should().BeFalse("serve should run");
    }

    public CommandEnvironment CreateEnvironment(TextWriter output, TextWriter error) => new()
    {
        Input = new StringReader(Typed ?? Piped),
        Output = output,
        Error = error,
        CurrentFolder = Current,
        Variables = Variables,
        IsInteractive = Typed is not null,
        InputIsTerminal = Typed is not null,
        Executable = BuiltBridge.Executable,
        OpenBrowser = Opens,
    };

    public void Dispose()
    {
        if (_owns)
        {
            _home.Dispose();
        }
    }
}
