using System.Runtime.CompilerServices;
using Bridge.Calling;
using Bridge.Llama.Calling;
using Bridge.Llama.Inference;
using Bridge.Profiles;
using Bridge.Prompts;

namespace Bridge.Llama.Workers;

/// <summary>A model in a worker process as tool caller.</summary>
/// <param name="workers">The workers of this process.</param>
/// <param name="name">The model.</param>
/// <param name="profile">How to treat it.</param>
internal sealed class WorkerToolCaller(ModelWorkers workers, ModelName name, ModelProfile profile) : IToolCaller
{
    // A prompt that kills the worker must not take it from all others again and again.
    private static readonly ConditionalWeakTable<Prompt, StrongBox<int>> s_deaths = [];

    /// <inheritdoc/>
    public CallerCapabilities Capabilities { get; } = LlamaToolCaller.CapabilitiesOf(profile);

    /// <inheritdoc/>
    public async Task<Proposal> ProposeAsync(ProposalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (LlamaToolCaller.WithoutTools(request) is { } nothing)
        {
            return nothing;
        }

        try
        {
            using WorkerLease lease = await workers.UseAsync(name.Model, cancellationToken).ConfigureAwait(false);
            return await AskAsync(lease, request, cancellationToken).ConfigureAwait(false);
        }
        catch (LlamaException error)
        {
            throw LlamaErrors.ToCallerException(error);
        }
    }

    private async Task<Proposal> AskAsync(WorkerLease lease, ProposalRequest request, CancellationToken cancellationToken)
    {
        try
        {
            Proposal proposal = Proposal.NoCall;
            await foreach (WorkerReply reply in lease.Connection.AskAsync(id => QuestionOf(id, request), cancellationToken).ConfigureAwait(false))
            {
                proposal = ((WorkerReply.Proposed)reply).Proposal;
            }

            lease.Answered();
            return proposal;
        }
        catch (ToolCallerException error) when (lease.Connection.IsOver && Interlocked.Increment(ref s_deaths.GetOrCreateValue(request.Prompt).Value) > 1)
        {
            throw new ToolCallerException(error.Kind, $"{error.Message} It died twice with this prompt, which is not tried a third time.", error);
        }
    }

    private WorkerRequest.Propose QuestionOf(long id, ProposalRequest request) => new(
        id, profile, WorkerMessage.Of(request.Prompt.Messages.Select(message => message.ToChatMessage())), WorkerTool.Of(request.Shortlist))
    {
        Choice = request.Choice,
        MaxCalls = request.MaxCalls,
        Temperature = request.Temperature,
        Rejected = request.Rejected,
    };
}
