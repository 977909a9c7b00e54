using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Bridge.Storage;
using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Vectors;

/// <summary>A vector for each definition of a tool: worked out once, behind the prompts, and kept in the store. Thread-safe.</summary>
/// <param name="model">Who makes them.</param>
/// <param name="calls">Asks for them.</param>
/// <param name="store">Keeps them.</param>
/// <param name="logger">Hears what cannot be kept.</param>
internal sealed partial class ToolVectors(EmbeddingModel model, EmbeddingCalls calls, IBridgeStore store, ILogger<ToolVectors> logger) : IDisposable
{
    private const string Collection = "embeddings";
    private const int BatchSize = 64;
    private const int MaxText = 2_000;
    private const int MaxKept = 50_000;
    private const int KeyLength = 48;

    // Nobody waits for tools.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(string Model, string Hash), float[]> _known = new();
    private readonly CancellationTokenSource _end = new();
    private int _running;

    /// <summary>The work that goes on behind the prompts; complete where there is none.</summary>
    public Task Work { get; private set; } = Task.CompletedTask;

    /// <summary>Finds the vectors there are; the others are worked out from now on.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="vectors">Receives them; <see langword="null"/> where there is none yet.</param>
    public void Find(ImmutableArray<Tool> tools, Span<float[]?> vectors)
    {
        string name = model.Name ?? "";
        bool missing = false;
        for (int i = 0; i < tools.Length; i++)
        {
            missing |= !_known.TryGetValue((name, tools[i].DefinitionHash), out vectors[i]);
        }

        if (missing)
        {
            Begin(name, tools);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    /// <summary>What an embedding of a tool is made of.</summary>
    /// <param name="tool">The tool.</param>
    internal static string TextOf(Tool tool)
    {
        var text = new StringBuilder(tool.Id.Name).Append(": ").Append(tool.Title).Append(tool.Title is null ? "" : ". ").Append(tool.Description);
        if (tool.InputSchema.ValueKind == System.Text.Json.JsonValueKind.Object
            && tool.InputSchema.TryGetProperty("properties", out System.Text.Json.JsonElement properties) && properties.ValueKind == System.Text.Json.JsonValueKind.Object)
        {
            text.Append(" (").AppendJoin(", ", properties.EnumerateObject().Select(property => property.Name)).Append(')');
        }

        return text.Length > MaxText ? text.ToString(0, MaxText) : text.ToString();
    }

    private void Begin(string name, ImmutableArray<Tool> tools)
    {
        if (calls.IsResting || _end.IsCancellationRequested || Interlocked.Exchange(ref _running, 1) == 1)
        {
            return;
        }

        Work = Task.Run(async () =>
        {
            try
            {
                await FillAsync(name, tools, _end.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Bridge ends; what is missing is worked out the next time.
            }
            catch (Exception error)
            {
                LogFailed(error);
            }
            finally
            {
                Volatile.Write(ref _running, 0);
            }
        });
    }

    private async Task FillAsync(string name, ImmutableArray<Tool> tools, CancellationToken cancellationToken)
    {
        if (_known.Count > MaxKept)
        {
            _known.Clear();
        }

        var missing = new List<Tool>();
        foreach (Tool tool in tools.Where(tool => !_known.ContainsKey((name, tool.DefinitionHash))).DistinctBy(tool => tool.DefinitionHash))
        {
            StoredDocument? kept = await store.ReadAsync(Collection, KeyOf(name, tool), cancellationToken).ConfigureAwait(false);
            if (kept is { Content.Length: > 0 } && kept.Content.Length % sizeof(float) == 0)
            {
                _known[(name, tool.DefinitionHash)] = MemoryMarshal.Cast<byte, float>(kept.Content.Span).ToArray();
            }
            else
            {
                missing.Add(tool);
            }
        }

        foreach (Tool[] batch in missing.Chunk(BatchSize))
        {
            if (await calls.TryAsync([.. batch.Select(TextOf)], s_limit, cancellationToken).ConfigureAwait(false) is not { } made)
            {
                return;
            }

            foreach ((Tool tool, float[] vector) in batch.Zip(made))
            {
                _known[(name, tool.DefinitionHash)] = vector;
                await store.WriteAsync(Collection, KeyOf(name, tool), MemoryMarshal.AsBytes(vector.AsSpan()).ToArray(), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static string KeyOf(string model, Tool tool) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{model}\n{tool.DefinitionHash}")))[..KeyLength];

    [LoggerMessage(EventId = 1351, EventName = "ToolVectorsFailed", Level = LogLevel.Warning,
        Message = "Vectors of tools cannot be kept; they are worked out again.")]
    private partial void LogFailed(Exception error);
}
