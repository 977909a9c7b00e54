namespace Bridge.Llama.Inference;

/// <summary>A model's memory of what it has read, in sequences. One thread owns it.</summary>
internal interface IModelContext : IDisposable
{
    /// <summary>The tokens that all sequences have room for together.</summary>
    int Capacity { get; }

    /// <summary>How many sequences there are.</summary>
    int Sequences { get; }

    /// <summary>Computes a batch.</summary>
    /// <returns>0 when it went well; 1 when there was no room, and nothing has changed; else a failure.</returns>
    int Decode(TokenBatch batch);

    /// <summary>What follows a token of the last batch: a number for every token of the vocabulary.</summary>
    /// <param name="index">The token's index in the batch; it must have been added as asking.</param>
    ReadOnlySpan<float> Logits(int index);

    /// <summary>Lets a sequence begin as another does, at no cost.</summary>
    /// <param name="source">The other.</param>
    /// <param name="target">The sequence; it must be empty.</param>
    /// <param name="length">How many tokens.</param>
    void Share(int source, int target, int length);

    /// <summary>Forgets a sequence from a position on.</summary>
    void Forget(int sequence, int from);

    /// <summary>Copies what was read out of the context.</summary>
    /// <returns>The copy; empty where it is larger than an array can be.</returns>
    byte[] Save(int sequence);

    /// <summary>Puts back what was copied out.</summary>
    /// <param name="sequence">The sequence; it must be empty.</param>
    /// <param name="state">The copy.</param>
    /// <param name="length">How many tokens it holds.</param>
    /// <returns>Whether there was room.</returns>
    bool Restore(int sequence, ReadOnlySpan<byte> state, int length);
}
