using Bridge.Calling;
using Bridge.Outcomes;
using Bridge.Profiles;
using Bridge.Tokens;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>Makes any chat client a tool caller. Thread-safe where the client is.</summary>
/// <param name="client">The client; it is not disposed.</param>
/// <param name="name">The model's name, for messages.</param>
/// <param name="profile">How to treat the model.</param>
public sealed class ChatClientToolCaller(IChatClient client, ModelName name, ModelProfile profile) : IToolCaller
{
    private static readonly NativeCallFormat s_native = new();
    private readonly SchemaCallFormat _schema = new(profile.Examples);
    private readonly TextCallFormat _text = new(profile.Examples);

    /// <summary>How the client honours a tool choice.</summary>
    /// <value>The default is <see cref="ToolChoiceSupport.Native"/>.</value>
    public ToolChoiceSupport ToolChoice { get; init; }

    /// <summary>The model's estimator, to be shared by all who ask the same model.</summary>
    /// <value>The default is a new one.</value>
    public TokenEstimator Estimator { get; init; } = new();

    /// <inheritdoc/>
    public CallerCapabilities Capabilities { get; } = new()
    {
        MaxTools = profile.MaxTools,
        ContextTokens = profile.ContextTokens is { } context ? Math.Max(0, context - profile.OutputTokens) : null,
    };

    /// <inheritdoc/>
    public async Task<Proposal> ProposeAsync(ProposalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ICallFormat format = FormatFor(request);
        ChatRequest chat = Prepare(format.Write(request), request);
        TokenBudget.EnsureFits(chat, Estimator, name, profile);
        ChatResponse response = await AskAsync(chat, cancellationToken).ConfigureAwait(false);
        if (response.Usage?.InputTokenCount is { } reported)
        {
            Estimator.Observe(chat.Messages, chat.Options.Tools, reported);
        }

        Proposal proposal = Read(format, response, request);
        return proposal with { InputTokens = response.Usage?.InputTokenCount, OutputTokens = response.Usage?.OutputTokenCount };
    }

    private ICallFormat FormatFor(ProposalRequest request)
    {
        bool free = request.Choice.Mode is ToolChoiceMode.Auto or ToolChoiceMode.None;
        return profile.ToolFormat switch
        {
            ToolFormat.JsonSchema => _schema,
            ToolFormat.Text => _text,
            _ when free || ToolChoice == ToolChoiceSupport.Native => s_native,
            _ when ToolChoice == ToolChoiceSupport.ResponseSchema => _schema,
            _ => throw new ToolCallerException(
                ReasonKind.ToolChoiceUnsupported,
                $"'{name}' cannot be made to call a tool: its chat client knows no tool choice. "
                + "Ask with the tool choice 'auto', or give the model the tool format 'jsonSchema' in its profile."),
        };
    }

    private ChatRequest Prepare(ChatRequest chat, ProposalRequest request)
    {
        chat.Options.Temperature = (float?)request.Temperature;
        chat.Options.MaxOutputTokens = profile.OutputTokens;
        return profile.ToolRole ? chat : chat with { Messages = ToolTextChatClient.Render(chat.Messages) };
    }

    private Proposal Read(ICallFormat format, ChatResponse response, ProposalRequest request)
    {
        bool cut = response.FinishReason == ChatFinishReason.Length;
        try
        {
            Proposal proposal = format.Read(response, request);
            return proposal.Calls.IsEmpty && cut ? throw CutOff() : proposal;
        }
        catch (UnreadableAnswerException) when (cut)
        {
            throw CutOff();
        }
        catch (UnreadableAnswerException error)
        {
            throw new ToolCallerException(ReasonKind.CallerMisbehaved, $"The answer of '{name}' {error.Message}", error) { IsTransient = true };
        }
    }

    /// <summary>Half an answer is not the answer that nothing is to be called.</summary>
    private ToolCallerException CutOff() => new(
        ReasonKind.CallerMisbehaved,
        $"The answer of '{name}' was cut off after {profile.OutputTokens} tokens, before it held a call. "
        + "Raise 'outputTokens' in the model's profile, or set 'think' to false if the model thinks aloud.")
    { IsTransient = true };

    private async Task<ChatResponse> AskAsync(ChatRequest chat, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetResponseAsync(chat.Messages, chat.Options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not ToolCallerException && !cancellationToken.IsCancellationRequested)
        {
            bool timedOut = error is TimeoutException or OperationCanceledException;
            throw new ToolCallerException(
                timedOut ? ReasonKind.TimedOut : ReasonKind.CallerUnavailable,
                timedOut ? $"'{name}' did not answer in time." : $"'{name}' could not be asked: {error.Message}",
                error)
            { IsTransient = timedOut || error is HttpRequestException or IOException };
        }
    }
}
