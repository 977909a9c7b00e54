using Bridge.Calling;
using Bridge.ChatCalling;
using Bridge.Models.Endpoints;
using Bridge.Profiles;
using Bridge.Tokens;

namespace Bridge.Models.Ollama;

/// <summary>A tool caller over Ollama: what the server says of the model fills what the profile leaves open.</summary>
internal sealed class OllamaToolCaller(OllamaApi api, ModelEndpoint endpoint, ModelProfile profile, TokenEstimator estimator) : IToolCaller
{
    public CallerCapabilities Capabilities => new()
    {
        MaxTools = profile.MaxTools,
        ContextTokens = Math.Max(0, OllamaContext.TokensFor(profile, api.Known(endpoint)) - profile.OutputTokens),
    };

    public async Task<Proposal> ProposeAsync(ProposalRequest request, CancellationToken cancellationToken)
    {
        OllamaModelInfo info = await api.ShowAsync(endpoint, cancellationToken).ConfigureAwait(false);
        ModelProfile detected = profile with
        {
            ContextTokens = OllamaContext.TokensFor(profile, info),
            ToolFormat = profile.ToolFormat == ToolFormat.Native && info.Tools == false ? ToolFormat.JsonSchema : profile.ToolFormat,
        };
        var caller = new ChatClientToolCaller(new OllamaChatClient(api, endpoint, detected), endpoint.Name, detected)
        {
            // Its API has no tool choice, but decodes under a schema.
            ToolChoice = ToolChoiceSupport.ResponseSchema,
            Estimator = estimator,
        };
        return await caller.ProposeAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
