using System.CommandLine;
using Bridge.Host.Composition;
using Bridge.Host.Terminal;
using Bridge.Llama.Downloads;
using Bridge.Llama.Gguf;
using Bridge.Llama.Store;
using Bridge.Storage;

namespace Bridge.Host.Verbs;

/// <summary>Runs verbs on the model store and turns its errors into messages and exit codes.</summary>
internal static class ModelStoreRunner
{
    /// <summary>Makes a body the action of a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="environment">The process it runs in.</param>
    /// <param name="body">What it does with the store; gives the exit code.</param>
    public static void RunsOnModels(
        this Command command, CommandEnvironment environment, Func<VerbContext, ModelStore, CancellationToken, Task<int>> body) =>
        command.Runs(environment, async (context, cancellationToken) =>
        {
            try
            {
                using ModelStore store = Open(SettingsLoader.Load(context.Settings, context.Environment), context.Environment);
                return await body(context, store, cancellationToken);
            }
            catch (Exception error) when (error is ModelStoreException or ModelSourceException)
            {
                throw new VerbException(ExitCode.Usage, error.Message);
            }
            catch (Exception error) when (error is DownloadException or GgufException or DataFolderException)
            {
                throw new VerbException(ExitCode.Failed, error.Message);
            }
        });

    /// <summary>Opens the store of the data folder in force.</summary>
    public static ModelStore Open(BridgeSettings settings, CommandEnvironment environment) =>
        new(DataFolder.Open(settings.DataFolder), ModelStoreOptions.From(environment.Variable), environment.Clock);
}
