using System.Text.Json;
using System.Text.Json.Serialization;
using Bridge.Calling;
using Bridge.Llama.Inference;
using Bridge.Outcomes;

namespace Bridge.Llama.Workers;

/// <summary>What a worker says, a line each.</summary>
/// <param name="Id">The number of the question it answers; 0 for the loading of the model, or for none.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(Proposed), "proposed")]
[JsonDerivedType(typeof(Piece), "piece")]
[JsonDerivedType(typeof(Alive), "alive")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Failed), "failed")]
internal abstract record WorkerReply(long Id)
{
    /// <summary>The model is loaded.</summary>
    internal sealed record Ready() : WorkerReply(0);

    /// <summary>The model cannot be loaded.</summary>
    internal sealed record Refused(LlamaFault Fault, string Message) : WorkerReply(0);

    /// <summary>There is no answer yet, and there will be.</summary>
    internal sealed record Alive() : WorkerReply(0);

    /// <summary>A proposal; nothing follows.</summary>
    internal sealed record Proposed(long Id, Proposal Proposal) : WorkerReply(Id);

    /// <summary>A piece of an answer.</summary>
    internal sealed record Piece(long Id, JsonElement Update) : WorkerReply(Id);

    /// <summary>The answer is whole; nothing follows.</summary>
    internal sealed record Done(long Id) : WorkerReply(Id);

    /// <summary>The question failed, or was cancelled; nothing follows.</summary>
    internal sealed record Failed(long Id, ReasonKind Kind, string Message) : WorkerReply(Id)
    {
        /// <summary>Whether asking again may help.</summary>
        public bool IsTransient { get; init; }

        /// <summary>How long to wait before.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }
}
