using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Policy;

/// <summary>One rule of the policy file, compiled.</summary>
/// <param name="Location">Where it stands, such as <c>policy.json: rules[2]</c>.</param>
/// <param name="Effect">What it does with the calls it fits.</param>
internal sealed record PolicyRule(string Location, PolicyEffect Effect)
{
    /// <summary>The tools it is for.</summary>
    public required ImmutableArray<ToolPattern> Tools { get; init; }

    /// <summary>The clients it is for; empty for all.</summary>
    public ImmutableArray<ToolPattern> Clients { get; init; } = [];

    /// <summary>The tool callers it is for; empty for all, and for calls that no model proposed.</summary>
    public ImmutableArray<ToolPattern> Models { get; init; } = [];

    /// <summary>What the arguments must be; empty for whatever they are.</summary>
    public ImmutableArray<ArgumentCondition> Conditions { get; init; } = [];

    /// <summary>What a refused client is told; <see langword="null"/> for the standard sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it is for a tool and a client.</summary>
    public bool IsFor(ToolId tool, ClientIdentity identity) =>
        Fits(Tools, tool.ToString()) && (Clients.IsEmpty || Fits(Clients, identity.Id));

    /// <summary>Whether it is for what a model proposed.</summary>
    /// <param name="model">The model; <see langword="null"/> when none did.</param>
    public bool IsForModel(string? model) => Models.IsEmpty || (model is not null && Fits(Models, model));

    private static bool Fits(ImmutableArray<ToolPattern> patterns, string text) => patterns.Any(pattern => pattern.Matches(text));
}
