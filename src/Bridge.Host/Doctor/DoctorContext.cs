using System.Collections.Immutable;
using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Host.Terminal;

namespace Bridge.Host.Doctor;

/// <summary>What <c>doctor</c> looks at.</summary>
/// <param name="Settings">The configuration, as far as it could be read.</param>
/// <param name="Problems">What is wrong with its settings.</param>
/// <param name="Environment">The process.</param>
internal sealed record DoctorContext(BridgeSettings Settings, ImmutableArray<ConfigProblem> Problems, CommandEnvironment Environment)
{
    /// <summary>Whether the configuration is well enough, and trusted, to start what it names.</summary>
    public bool CanStart =>
        Problems.IsEmpty && new TrustGate(Environment).Judge(Settings) is not (TrustVerdict.Unknown or TrustVerdict.Changed);
}
