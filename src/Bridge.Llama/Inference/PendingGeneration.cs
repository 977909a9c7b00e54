namespace Bridge.Llama.Inference;

/// <summary>A generation that waits for its turn.</summary>
internal sealed record PendingGeneration(Generation Generation, CancellationToken CancellationToken);
