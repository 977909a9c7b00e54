using System.Net.Sockets;
using Bridge.Host.Composition;
using Bridge.Host.Serving;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bridge.Host.Tests.Verbs;

public sealed class ServeVerbTests : IDisposable
{
    private readonly CommandRun _serve = new();

    [Fact]
    public async Task Serve_Running_IsUsedByAskAndToolsUntilItStops()
    {
        using var stop = new CancellationTokenSource();
        Task<int> serving = _serve.RunAsync(stop.Token, "serve", "--url", "http://127.0.0.1:0");
        using CommandRun client = _serve.Beside();
        await client.WaitForServeAsync(serving);

        (await client.RunAsync("ask", "Add 2 to 3 using available tools.", "--verbose")).Should().Be(ExitCode.Ok, client.Error);
        client.Error.Should().Contain("Using the running 'bridge serve'").And.NotContain("No servers are configured");
        client.Output.Should().Contain("add {\"a\":2,\"b\":3}").And.EndWith("5.\n");
        (await client.RunAsync("tools")).Should().Be(ExitCode.Ok);
        client.Output.Should().Contain("calculator/add");
        (await client.RunAsync("ask", "x", "--caller", "nobody/x")).Should().Be(ExitCode.Usage, client.Error);
        (await client.RunAsync("tools", "--standalone")).Should().Be(ExitCode.Ok);
        client.Error.Should().Contain("No servers are configured");

        await stop.CancelAsync();
        (await serving).Should().Be(ExitCode.Ok, _serve.Error);
        _serve.Error.Should().Contain("Tool caller embedded (the default): active").And.Contain("Responder template").And.Contain("built-in defaults");
        Directory.GetFiles(Path.Combine(_serve.Data, "serve")).Should().BeEmpty();
    }

    [Fact]
    public async Task Serve_PortTaken_ExitsWithUsageAndTheCure()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();

        (await _serve.RunAsync("serve", "--url", $"http://{taken.LocalEndpoint}")).Should().Be(ExitCode.Usage);

        _serve.Error.Should().Contain("is taken by another program");
    }

    [Fact]
    [Trait("Attack", "H5")]
    public async Task Serve_OpenToOthersWithoutAKey_IsRefused()
    {
        (await _serve.RunAsync("serve", "--url", "http://0.0.0.0:0", "--no-auth")).Should().Be(ExitCode.Usage);

        _serve.Error.Should().Contain("loopback only");
    }

    [Fact]
    public async Task Serve_WorkerDies_EndsWithFailure()
    {
        using var error = new StringWriter();
        CommandEnvironment environment = _serve.CreateEnvironment(TextWriter.Null, error);
        BridgeSettings settings = SettingsLoader.Load(
            new SettingsRequest { Overrides = new Dictionary<string, string?> { ["Bridge:Http:Url"] = "http://127.0.0.1:0", ["Bridge:Telemetry:OtlpEndpoint"] = "http://127.0.0.1:9" } },
            environment);
        var runner = new ServeRunner(settings, environment, new ServeOptions(NoAuth: true))
        {
            Configure = services => services.AddHostedService<DyingWorker>(),
        };

        int before = Environment.ExitCode;
        try
        {
            (await runner.RunAsync(CancellationToken.None)).Should().Be(ExitCode.Failed);
            Environment.ExitCode.Should().Be(ExitCode.Failed);
        }
        finally
        {
            Environment.ExitCode = before;
        }

        error.ToString().Should().Contain("A worker failed: It broke.");
    }

    public void Dispose() => _serve.Dispose();

    private sealed class DyingWorker : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("It broke.");
        }
    }
}
