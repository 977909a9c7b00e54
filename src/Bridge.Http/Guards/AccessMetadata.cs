using Bridge.Identity;

namespace Bridge.Http.Guards;

/// <summary>What an endpoint demands of its callers. Endpoints that say nothing demand <see cref="KeyScopes.Admin"/>.</summary>
/// <param name="Scope">The scope of <see cref="KeyScopes"/>; <see langword="null"/> for an endpoint that is open to all.</param>
public sealed record AccessMetadata(string? Scope);

/// <summary>Marks an endpoint whose requests are prompts: at most <c>Bridge:Http:ConcurrentPrompts</c> run at once.</summary>
public sealed record PromptWorkMetadata;
