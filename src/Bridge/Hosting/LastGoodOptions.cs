using Bridge.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Bridge.Hosting;

/// <summary>The options of this moment: a reload that cannot be used leaves the last good ones in force, and says so.</summary>
internal sealed partial class LastGoodOptions : IOptionsMonitor<BridgeOptions>, IDisposable
{
    private readonly IOptionsFactory<BridgeOptions> _factory;
    private readonly ILogger<LastGoodOptions> _logger;
    private readonly IDisposable? _reloads;
    private volatile BridgeOptions _current;

    /// <summary>Reads the options.</summary>
    /// <param name="factory">Makes options from configuration and code.</param>
    /// <param name="source">The configuration, to hear of reloads.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="BridgeConfigurationException">The options cannot be used.</exception>
    public LastGoodOptions(IOptionsFactory<BridgeOptions> factory, BridgeConfigurationSource source, ILogger<LastGoodOptions> logger)
    {
        _factory = factory;
        _logger = logger;
        _current = factory.Create(Options.DefaultName);
        _reloads = source.Configuration is { } configuration ? ChangeToken.OnChange(configuration.GetReloadToken, Reload) : null;
    }

    private event Action<BridgeOptions, string?>? Changed;

    /// <inheritdoc/>
    public BridgeOptions CurrentValue => _current;

    /// <inheritdoc/>
    public BridgeOptions Get(string? name) => _current;

    /// <inheritdoc/>
    public IDisposable OnChange(Action<BridgeOptions, string?> listener)
    {
        Changed += listener;
        return new Subscription(() => Changed -= listener);
    }

    /// <inheritdoc/>
    public void Dispose() => _reloads?.Dispose();

    private void Reload()
    {
        try
        {
            _current = _factory.Create(Options.DefaultName);
        }
        catch (BridgeConfigurationException error)
        {
            LogRefused(error.Message);
            return;
        }

        LogReloaded();
        Changed?.Invoke(_current, Options.DefaultName);
    }

    [LoggerMessage(EventId = 1800, EventName = "SettingsReloaded", Level = LogLevel.Information, Message = "The settings were read again.")]
    private partial void LogReloaded();

    [LoggerMessage(EventId = 1801, EventName = "SettingsRefused", Level = LogLevel.Error,
        Message = "The settings changed and cannot be used; the last good ones stay in force. {Problems}")]
    private partial void LogRefused(string problems);

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

/// <summary>The configuration the options come from; none for a bridge put together in code.</summary>
/// <param name="Configuration">The configuration.</param>
internal sealed record BridgeConfigurationSource(IConfiguration? Configuration);
