using Bridge.Configuration;
using Microsoft.Extensions.Logging;

namespace Bridge.Policy;

/// <summary>Keeps the rules as their file says; a file that cannot be used, or is gone, keeps the last good ones.</summary>
internal sealed class PolicyFileWatch : IDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly ConfigFileMonitor _monitor;

    /// <summary>Reads the file, and follows it.</summary>
    /// <param name="path">The file; it may not exist yet.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where wrong rules are named.</param>
    /// <exception cref="BridgeConfigurationException">The file is there and cannot be used.</exception>
    public PolicyFileWatch(string path, TimeProvider time, ILogger<PolicyFileWatch> logger)
    {
        (_path, _logger) = (path, logger);
        string? text = null;
        if (File.Exists(path))
        {
            PolicyFileResult read = PolicyFile.Read(path);
            text = read.Text;
            State.Replace(read.Rules ?? throw new BridgeConfigurationException(read.Problems));
            Tell(read);
        }

        _monitor = new ConfigFileMonitor(path, time);
        _monitor.Changed += Apply;
        _monitor.Start(text);
    }

    /// <summary>The rules in force.</summary>
    public PolicyState State { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => _monitor.Dispose();

    private void Apply(string? text)
    {
        if (text is null)
        {
            _logger.PolicyGone(_path);
            return;
        }

        PolicyFileResult read = PolicyFile.Parse(_path, text);
        if (read.Rules is not { } rules)
        {
            _logger.PolicyKept(_path, string.Join(' ', read.Problems));
            return;
        }

        State.Replace(rules);
        _logger.PolicyReloaded(_path, rules.Rules.Length);
        Tell(read);
    }

    private void Tell(PolicyFileResult read)
    {
        foreach (ConfigProblem problem in read.Problems)
        {
            _logger.RuleUnreadable(problem.ToString());
        }
    }
}
