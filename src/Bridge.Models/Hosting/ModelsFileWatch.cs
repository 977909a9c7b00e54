using System.Collections.Immutable;
using Bridge.Configuration;
using Bridge.Profiles;
using Microsoft.Extensions.Logging;

namespace Bridge.Models.Hosting;

/// <summary>Keeps the models' configuration as its file says; a bad file keeps the last good state.</summary>
internal sealed partial class ModelsFileWatch : IDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly ConfigFileMonitor _monitor;

    /// <exception cref="BridgeConfigurationException">The file cannot be used, or is missing and must not be.</exception>
    public ModelsFileWatch(
        ModelsFileLocation location, IEnumerable<ModelProfileOverride> overrides, TimeProvider time, ILogger<ModelsFileWatch> logger)
    {
        _path = location.Path;
        _logger = logger;
        State = new ModelsState(overrides);
        string? text = null;
        if (!location.Optional || File.Exists(_path))
        {
            ModelsFileResult read = ModelsFile.Read(_path);
            State.Replace(read.Config ?? throw new BridgeConfigurationException(read.Problems));
            text = read.Text;
        }

        _monitor = new ConfigFileMonitor(_path, time);
        _monitor.Changed += Apply;
        _monitor.Start(text);
    }

    /// <summary>The configuration in force.</summary>
    public ModelsState State { get; }

    public void Dispose() => _monitor.Dispose();

    private void Apply(string? text)
    {
        if (text is null)
        {
            LogGone(_path);
            return;
        }

        ModelsFileResult read = ModelsFile.Parse(_path, text);
        if (read.Config is { } config)
        {
            State.Replace(config);
            LogReloaded(_path, config.Profiles.Configured.Length, config.Providers.Count);
        }
        else
        {
            LogKept(_path, Join(read.Problems));
        }
    }

    private static string Join(ImmutableArray<ConfigProblem> problems) => string.Join(' ', problems);

    [LoggerMessage(EventId = 3000, EventName = "ModelsReloaded", Level = LogLevel.Information,
        Message = "'{Path}' was read again: {Profiles} profiles and {Providers} providers are in force.")]
    private partial void LogReloaded(string path, int profiles, int providers);

    [LoggerMessage(EventId = 3001, EventName = "ModelsKept", Level = LogLevel.Error,
        Message = "'{Path}' was changed and cannot be used; what it said before stays in force. {Problems}")]
    private partial void LogKept(string path, string problems);

    [LoggerMessage(EventId = 3002, EventName = "ModelsFileGone", Level = LogLevel.Warning,
        Message = "'{Path}' is gone; what it said before stays in force.")]
    private partial void LogGone(string path);
}
