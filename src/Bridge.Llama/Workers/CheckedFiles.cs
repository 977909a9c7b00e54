using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Llama.Inference;
using Bridge.Llama.Loading;
using Bridge.Llama.Runtimes;
using Bridge.Profiles;
using Bridge.Storage;
using Microsoft.Extensions.Logging;

namespace Bridge.Llama.Workers;

/// <summary>Opens a file that was not seen before in a worker first, and remembers those that went well.</summary>
/// <param name="workers">Starts workers.</param>
/// <param name="store">Remembers.</param>
/// <param name="logger">The log.</param>
/// <param name="data">The data folder, if there is one.</param>
internal sealed class CheckedFiles(ModelWorkers workers, IBridgeStore store, ILogger<CheckedFiles> logger, DataFolder? data = null) : IFileCheck
{
    private const string Collection = "checked-models";

    private static readonly ImmutableArray<WorkerMessage> s_question = [new WorkerMessage("user", [new MessagePart(MessagePartKind.Text, "Hello.")])];

    /// <inheritdoc/>
    public async Task EnsureAsync(string name, string path, LlamaOptions how)
    {
        if (how.Worker != WorkerMode.Auto || workers.Fault is not null)
        {
            return;
        }

        string key = KeyOf(path, how);
        if (await store.ReadAsync(Collection, key, CancellationToken.None).ConfigureAwait(false) is not null)
        {
            return;
        }

        if (await TryAsync(name, path, how).ConfigureAwait(false))
        {
            WorkerLog.Checked(logger, path);
            await store.WriteAsync(Collection, key, Encoding.UTF8.GetBytes(path), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryAsync(string name, string path, LlamaOptions how)
    {
        string? end = null;
        try
        {
            using WorkerConnection worker = await workers.StartAsync(name, path, how, died => end = died, CancellationToken.None).ConfigureAwait(false);
            await foreach (WorkerReply reply in worker.AskAsync(
                static id => new WorkerRequest.Write(id, ModelProfile.Default, s_question) { MaxTokens = 1 }, CancellationToken.None).ConfigureAwait(false))
            {
                _ = reply;
            }

            return true;
        }
        catch (ToolCallerException) when (end is not null)
        {
            throw new LlamaException(LlamaFault.BadModel,
                $"The model '{path}' is not opened here: the process that tried it first {end}. 'Bridge:Llama:Worker = Always' runs it in a process of its own.");
        }
        catch (Exception error) when (error is LlamaException or ToolCallerException)
        {
            return false; // it is refused here in the same words
        }
    }

    private string KeyOf(string path, LlamaOptions how)
    {
        FileStamp stamp = FileStamp.Of(path);
        string? runtime = RuntimeLocator.Default.Find(how.Runtime, data?.Path).Folder?.Path;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{stamp.Path}\n{stamp.Length}\n{stamp.Changed.Ticks}\n{runtime}")))[..60];
    }
}
