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
                using ModelStore store = Open(context);
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

    private static ModelStore Open(VerbContext context)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        return new ModelStore(DataFolder.Open(settings.DataFolder), ModelStoreOptions.From(context.Environment.Variable), context.Environment.Clock);
    }
}
