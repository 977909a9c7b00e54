using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Profiles;

namespace Bridge.Llama.Workers;

/// <summary>What a worker is told, a line each.</summary>
/// <param name="Id">The number of the question it belongs to; 0 for none.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(Load), "load")]
[JsonDerivedType(typeof(Propose), "propose")]
[JsonDerivedType(typeof(Write), "write")]
[JsonDerivedType(typeof(Cancel), "cancel")]
internal abstract record WorkerRequest(long Id)
{
    /// <summary>The first line: load this model.</summary>
    /// <param name="Build">The build that asks; a worker of another one refuses.</param>
    /// <param name="Model">The name it was asked for by.</param>
    /// <param name="Path">Its file.</param>
    /// <param name="Options">How it runs.</param>
    /// <param name="DataFolder">Where a runtime may lie.</param>
    internal sealed record Load(Guid Build, string Model, string Path, LlamaOptions Options, string? DataFolder) : WorkerRequest(0);

    /// <summary>Propose calls.</summary>
    internal sealed record Propose(long Id, ModelProfile Profile, ImmutableArray<WorkerMessage> Messages, ImmutableArray<WorkerTool> Tools) : WorkerRequest(Id)
    {
        /// <summary>Whether a tool may or must be called.</summary>
        public ToolChoice Choice { get; init; } = ToolChoice.Auto;

        /// <summary>The most calls that will run.</summary>
        public int MaxCalls { get; init; }

        /// <summary>The sampling temperature.</summary>
        public double? Temperature { get; init; }

        /// <summary>What was wrong before.</summary>
        public ImmutableArray<RejectedProposal> Rejected { get; init; } = [];
    }

    /// <summary>Write an answer.</summary>
    internal sealed record Write(long Id, ModelProfile Profile, ImmutableArray<WorkerMessage> Messages) : WorkerRequest(Id)
    {
        /// <summary>The most tokens to write.</summary>
        public int? MaxTokens { get; init; }

        /// <summary>The sampling temperature.</summary>
        public float? Temperature { get; init; }

        /// <summary>The same seed draws the same.</summary>
        public long? Seed { get; init; }
    }

    /// <summary>Nobody waits for an answer any more.</summary>
    internal sealed record Cancel(long Id) : WorkerRequest(Id);
}
