using System.Text.Json;
using Bridge.Calling;
using Bridge.ChatCalling;
using Bridge.Embedded;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;
using Bridge.Llama.Loading;
using Bridge.Outcomes;
using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Calling;

/// <summary>A model in process as tool caller: what it proposes is valid wherever the tool's schema can be decoded in full.</summary>
/// <param name="models">The models of this process.</param>
/// <param name="name">The model.</param>
/// <param name="profile">How to treat it.</param>
/// <param name="guesser">Guesses calls from the prompt's text, to be verified by the model.</param>
internal sealed class LlamaToolCaller(LoadedModels models, ModelName name, ModelProfile profile, EmbeddedToolCaller guesser) : IToolCaller
{
    /// <inheritdoc/>
    public CallerCapabilities Capabilities { get; } = CapabilitiesOf(profile);

    /// <summary>What a model of a profile can do.</summary>
    public static CallerCapabilities CapabilitiesOf(ModelProfile profile) => new() { MaxTools = profile.MaxTools, ContextTokens = profile.ContextTokens };

    /// <summary>The answer to a question about no tools, for which no model is needed; <see langword="null"/> where one is.</summary>
    public static Proposal? WithoutTools(ProposalRequest request) =>
        request.Shortlist.Tools.IsEmpty || request.Choice.Mode == ToolChoiceMode.None
            ? Proposal.NoCall with { Confidence = 1, Explanation = "There is no tool that may be called." }
            : null;

    /// <inheritdoc/>
    public async Task<Proposal> ProposeAsync(ProposalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (WithoutTools(request) is { } nothing)
        {
            return nothing;
        }

        try
        {
            using ModelLease lease = await models.UseAsync(name.Model, cancellationToken).ConfigureAwait(false);
            CallGeneration generation = await PrepareAsync(lease.Model, request, cancellationToken).ConfigureAwait(false);
            await lease.Model.Engine.RunAsync(generation, cancellationToken).ConfigureAwait(false);
            return Read(generation, lease.Model.CallsOf(request.Shortlist).Program);
        }
        catch (LlamaException error)
        {
            throw LlamaErrors.ToCallerException(error);
        }
    }

    private async Task<CallGeneration> PrepareAsync(LoadedModel model, ProposalRequest request, CancellationToken cancellationToken)
    {
        CallTokens calls = model.CallsOf(request.Shortlist);
        List<ChatMessage> messages = [.. request.Prompt.Messages.Select(message => message.ToChatMessage())];
        RejectionMessages.AppendAsToolResults(messages, request.Rejected);
        int[] prompt = model.Prompts.Of(messages, calls.Program.Tools, thinks: false, cancellationToken);
        int stable = model.Prompts.StablePrefix(prompt, messages, calls.Program.Tools, cancellationToken);
        var settings = new DecodingSettings
        {
            Required = request.Choice.Mode != ToolChoiceMode.Auto,
            MaxCalls = request.MaxCalls,
            MaxTokens = profile.OutputTokens,
            Temperature = request.Temperature ?? 0,
            Seed = request.Rejected.Length,
        };
        return new CallGeneration(prompt, stable, calls, settings, chooser: null, await GuessAsync(calls.Program, request, cancellationToken).ConfigureAwait(false));
    }

    private async Task<PromptDrafts> GuessAsync(CallProgram program, ProposalRequest request, CancellationToken cancellationToken)
    {
        Proposal guess = await guesser.ProposeAsync(request with { Choice = ToolChoice.Required }, cancellationToken).ConfigureAwait(false);
        return new PromptDrafts(
            guess.Calls.Select(call => DraftBody.Write(program, call.WireName, JsonElement.Parse(call.Arguments.Span))).OfType<string>(), request.Prompt.UserText);
    }

    private Proposal Read(CallGeneration generation, CallProgram program)
    {
        if (generation.Calls is [{ IsCutOff: true }, ..])
        {
            throw new ToolCallerException(ReasonKind.CallerMisbehaved,
                $"'{name}' was cut off after {generation.MaxTokens} tokens in the middle of a call: it is not run. Give it more by 'outputTokens' in its profile.") { IsTransient = true };
        }

        return new Proposal
        {
            Calls = [.. generation.Calls.Where(call => !call.IsCutOff).Select(call => WrittenCall.Read(call, program, generation.CallLikelihood))],
            Confidence = generation.Calls.Count == 0 ? 1 - generation.CallLikelihood : generation.CallLikelihood,
            InputTokens = generation.Prompt.Length,
            OutputTokens = generation.WrittenTokens,
        };
    }
}
