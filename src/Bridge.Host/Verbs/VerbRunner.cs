using System.CommandLine;
using Bridge.Configuration;
using Bridge.Host.Output;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary>Runs what a verb does and turns what goes wrong into a message and an exit code.</summary>
internal static class VerbRunner
{
    /// <summary>Makes a body the action of a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="environment">The process it runs in.</param>
    /// <param name="body">What it does; gives the exit code.</param>
    public static void Runs(
        this Command command, CommandEnvironment environment, Func<VerbContext, CancellationToken, Task<int>> body) =>
        command.SetAction((parsed, cancellationToken) => RunAsync(new VerbContext(parsed, environment), body, cancellationToken));

    private static async Task<int> RunAsync(
        VerbContext context, Func<VerbContext, CancellationToken, Task<int>> body, CancellationToken cancellationToken)
    {
        TextWriter error = context.Environment.Error;
        try
        {
            return await body(context, cancellationToken);
        }
        catch (BridgeConfigurationException problem)
        {
            ProblemText.Write(error, problem.Problems);
            return ExitCode.Usage;
        }
        catch (VerbException end)
        {
            await error.WriteLineAsync(PlainText.Lines(end.Message));
            return end.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("Interrupted.");
            return ExitCode.Interrupted;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            await error.WriteLineAsync(PlainText.Lines(context.Verbose ? fault.ToString() : $"Bridge failed: {fault.Message} '--verbose' shows where."));
            return ExitCode.Failed;
        }
    }
}
