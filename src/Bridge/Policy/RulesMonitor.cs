using Bridge.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Policy;

/// <summary>Keeps the rules compiled while configuration changes; options that do not validate leave the last good rules in place.</summary>
internal sealed class RulesMonitor : IDisposable
{
    private readonly ILogger<RulesMonitor> _logger;
    private readonly IDisposable? _subscription;
    private volatile RulesSnapshot _current;

    /// <summary>Compiles the options of this moment and follows their changes.</summary>
    /// <param name="options">The options.</param>
    /// <param name="logger">Where entries that cannot match are named.</param>
    public RulesMonitor(IOptionsMonitor<BridgeOptions> options, ILogger<RulesMonitor> logger)
    {
        _logger = logger;
        _current = Compile(options.CurrentValue);
        _subscription = options.OnChange(changed =>
        {
            _current = Compile(changed);
            Changed?.Invoke();
        });
    }

    /// <summary>Other rules are in force; raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>The rules of this moment.</summary>
    public RulesSnapshot Current => _current;

    /// <inheritdoc/>
    public void Dispose() => _subscription?.Dispose();

    private RulesSnapshot Compile(BridgeOptions options)
    {
        RulesSnapshot rules = RulesSnapshot.Compile(options);
        foreach (string pattern in rules.Tools.Unmatchable)
        {
            _logger.RuleNeverMatches(pattern);
        }

        return rules;
    }
}
