using Bridge.Host.Composition;
using Bridge.Host.Terminal;
using Bridge.Http.Hosting;
using Bridge.Llama.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Host.Serving;

/// <summary>One run of <c>bridge serve</c>, from start to graceful stop.</summary>
/// <param name="settings">The configuration.</param>
/// <param name="environment">The process.</param>
/// <param name="options">What the command line says.</param>
internal sealed class ServeRunner(BridgeSettings settings, CommandEnvironment environment, ServeOptions options)
{
    // What runs may end by itself for that long. Containers are killed ten seconds after they were asked to stop, and would leave servers behind.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(7);

    private readonly RunFile _runFile = new(settings.DataFolder, settings.Folder.Path);
    private readonly SystemdNotifier _systemd = new(environment.Variable("NOTIFY_SOCKET"));

    /// <summary>Adds services beyond those of a bridge, before the host is built.</summary>
    public Action<IServiceCollection> Configure { get; init; } = static _ => { };

    /// <summary>Starts, serves until a signal comes or a worker fails, and stops.</summary>
    /// <param name="cancellationToken">The signal.</param>
    /// <returns>The exit code: 0 after a signal, 1 after a fault.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await new TrustGate(environment).PassAsync(settings, cancellationToken);
        await new ServerFileGuard(environment).CheckAsync(settings, allowEmpty: true);
        using OtlpExport? export = OtlpExport.Start(
            settings.Options.Telemetry.OtlpEndpoint, environment.Variable(OtlpExport.ProtocolVariable));
        await using WebApplication app = Build();
        try
        {
            await app.StartBridgeAsync(cancellationToken);
            _runFile.Write(new Uri(app.Urls.First()));
            await AnnounceAsync(app, cancellationToken);
            _systemd.Notify(SystemdNotifier.Ready);
            await WaitAsync(app, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The signal came, or a worker died, while starting: stop as after it.
        }
        finally
        {
            _systemd.Notify(SystemdNotifier.Stopping);
            _runFile.Remove();
        }

        await environment.Error.WriteLineAsync("Stopping …");
        await app.StopAsync(CancellationToken.None);
        return ReportFault(app);
    }

    private static Task WaitAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        return stopping.Task.WaitAsync(cancellationToken);
    }

    private WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "bridge" });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        LogLevel least = options.Verbose ? LogLevel.Debug : LogLevel.Information;
        if (least > LogLevel.Debug)
        {
            // What the host and the protocol's client log of failures is said by Bridge in a sentence.
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddFilter("ModelContextProtocol", LogLevel.None);
        }

        builder.Logging.SetMinimumLevel(least).AddProvider(new LineLoggerProvider(environment.Error, least, environment.Clock, settings.Options.Redaction.Patterns));
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_grace);
        builder.Services.AddAll(settings, environment, ServerChoice.All);
        builder.Services.Configure<LlamaWorkerOptions>(workers => workers.IsDefault = true);
        builder.Services.AddBridgeHttp(access => (access.NoAuth, access.InsecureHttp) = (options.NoAuth, options.InsecureHttp));
        Configure(builder.Services);
        WebApplication app = builder.Build();
        app.MapBridge();
        return app;
    }

    private async Task AnnounceAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await environment.Error.WriteLineAsync($"Bridge listens on {string.Join(", ", app.Urls)}; configuration: {settings.Folder.Describe()}.");
        var survey = ActivatorUtilities.CreateInstance<ModelSurvey>(app.Services, settings.Options);
        SurveyedModel[] callers = await survey.CallersAsync(cancellationToken);
        SurveyedModel? active = Array.Find(callers, caller => caller.Probe.Available);
        foreach (SurveyedModel caller in callers)
        {
            string state = caller == active ? "active" : caller.Probe.Available ? "next in the cascade" : "not available";
            await environment.Error.WriteLineAsync($"Tool caller {caller.Name} ({caller.Why}): {state}. {caller.Probe.Detail}");
        }

        SurveyedModel responder = await survey.ResponderAsync(cancellationToken);
        await environment.Error.WriteLineAsync(
            $"Responder {responder.Name} ({responder.Why}): {(responder.Probe.Available ? "active" : "not available")}. {responder.Probe.Detail}");
    }

    // The host stops without a word of failure when a worker dies: a service manager must see it.
    private int ReportFault(WebApplication app)
    {
        Exception? fault = app.Services.GetServices<IHostedService>().OfType<BackgroundService>()
            .Select(worker => worker.ExecuteTask?.Exception?.GetBaseException())
            .FirstOrDefault(error => error is not null);
        if (fault is null)
        {
            return ExitCode.Ok;
        }

        Environment.ExitCode = ExitCode.Failed;
        environment.Error.WriteLine($"A worker failed: {fault.Message}");
        return ExitCode.Failed;
    }
}
