using Bridge.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Policy;

/// <summary>Keeps the rules compiled while configuration changes; what cannot be used leaves the last good rules in place.</summary>
internal sealed class RulesMonitor : IDisposable
{
    private readonly IOptionsMonitor<BridgeOptions> _options;
    private readonly PolicyState _policy;
    private readonly ILogger<RulesMonitor> _logger;
    private readonly IDisposable? _subscription;
    private readonly Lock _gate = new();
    private volatile RulesSnapshot _current;

    /// <summary>Compiles what configuration says at this moment and follows its changes.</summary>
    /// <param name="options">The options.</param>
    /// <param name="policy">The rules of the policy file.</param>
    /// <param name="logger">Where entries that cannot match are named.</param>
    public RulesMonitor(IOptionsMonitor<BridgeOptions> options, PolicyState policy, ILogger<RulesMonitor> logger)
    {
        (_options, _policy, _logger) = (options, policy, logger);
        _current = Compile(options.CurrentValue);
        _subscription = options.OnChange(Renew);
        policy.Changed += ReplacePolicy;
    }

    /// <summary>Other rules are in force; raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>The rules of this moment.</summary>
    public RulesSnapshot Current => _current;

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscription?.Dispose();
        _policy.Changed -= ReplacePolicy;
    }

    private void ReplacePolicy() => Renew(_options.CurrentValue);

    private void Renew(BridgeOptions options)
    {
        lock (_gate)
        {
            _current = Compile(options);
        }

        Changed?.Invoke();
    }

    private RulesSnapshot Compile(BridgeOptions options)
    {
        RulesSnapshot rules = RulesSnapshot.Compile(options, _policy.Current);
        foreach (string pattern in rules.Tools.Unmatchable)
        {
            _logger.RuleNeverMatches(pattern);
        }

        return rules;
    }
}
