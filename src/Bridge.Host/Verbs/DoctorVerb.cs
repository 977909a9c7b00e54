using System.Collections.Immutable;
using System.CommandLine;
using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Host.Doctor;
using Bridge.Host.Output;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge doctor</c>: finds what is wrong, with the cure.</summary>
internal static class DoctorVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("doctor", "Look at the configuration, each server, each model and the data folder; say what is wrong and the cure.")
        {
            Examples =
            [
                ("bridge doctor", "exit code 1 when anything of level error was found"),
                ("bridge doctor --verbose", "with what it found beside that, such as the devices of llama.cpp"),
                ("bridge doctor --json", "the findings for a program"),
            ],
        };
        verb.Runs(environment, RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        (BridgeSettings settings, ImmutableArray<ConfigProblem> problems) = SettingsLoader.Examine(context.Settings, context.Environment);
        var looked = new DoctorContext(settings, problems, context.Environment);
        var findings = new List<Finding>();
        foreach (IDoctorCheck check in DoctorChecks.All)
        {
            findings.AddRange(await check.RunAsync(looked, cancellationToken));
        }

        if (context.Json)
        {
            FindingText.WriteJson(context.Output, findings);
        }
        else
        {
            FindingText.Write(context.Environment, findings, context.Verbose);
        }

        return findings.Exists(finding => finding.Level == FindingLevel.Error) ? ExitCode.Failed : ExitCode.Ok;
    }
}
