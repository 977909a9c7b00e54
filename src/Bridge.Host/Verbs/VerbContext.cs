using System.CommandLine;
using Bridge.Host.Composition;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary>One run of one verb: its command line and its process.</summary>
/// <param name="Parsed">The command line.</param>
/// <param name="Environment">The process.</param>
internal sealed record VerbContext(ParseResult Parsed, CommandEnvironment Environment)
{
    public bool Json => Parsed.GetValue(GlobalOptions.Json);

    public bool Verbose => Parsed.GetValue(GlobalOptions.Verbose);

    public bool Standalone => Parsed.GetValue(GlobalOptions.Standalone);

    public TextWriter Output => Environment.Output;

    public TextWriter Error => Environment.Error;

    /// <summary>Where this command line looks for configuration and data.</summary>
    public SettingsRequest Settings => new(Parsed.GetValue(GlobalOptions.Config), Parsed.GetValue(GlobalOptions.Data));
}
