using System.Collections.Immutable;
using Bridge.Prompts;
using Microsoft.Extensions.AI;

namespace Bridge.Http.Requests;

/// <summary>What <c>POST /v1/chat/completions</c> asks for.</summary>
/// <param name="Model">The responder.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Options">What the responder is told; <see langword="null"/> for its own ways.</param>
internal sealed record ChatRequest(string Model, ImmutableArray<PromptMessage> Messages, ChatOptions? Options);
