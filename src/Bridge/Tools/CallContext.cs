using System.Text.Json.Nodes;

namespace Bridge.Tools;

/// <summary>On whose behalf, within which bounds and with which means of asking back a call is made.</summary>
public sealed record CallContext
{
    /// <summary>A call of the local user with no bounds of its own and nobody to ask.</summary>
    public static CallContext Local { get; } = new();

    /// <summary>Who calls.</summary>
    public ClientIdentity Identity { get; init; } = ClientIdentity.Local;

    /// <summary>How many calls deep this one is nested; 0 for a call that a person or a client made.</summary>
    public int Depth { get; init; }

    /// <summary>How many more calls may be made below this one; <see langword="null"/> for no bound but the configured ones.</summary>
    public int? RemainingCalls { get; init; }

    /// <summary>When the caller stops waiting; <see langword="null"/> for no bound but the configured ones.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Where progress of tools goes; <see langword="null"/> when nobody listens.</summary>
    public IProgress<ToolProgress>? Progress { get; init; }

    /// <summary>How to ask the person behind the call; <see langword="null"/> when there is nobody to ask.</summary>
    public IUserInteraction? Interaction { get; init; }

    /// <summary>Where results are kept that are too large to be handed over whole; <see langword="null"/> when the caller could not read them.</summary>
    public IResultStore? Results { get; init; }

    /// <summary>Who follows the call if its source makes a task of it; <see langword="null"/> when the caller waits for the answer, however the source runs it.</summary>
    public ITaskFollower? Task { get; init; }

    /// <summary>Answer from recordings or schemas instead of touching a source.</summary>
    public bool Mock { get; init; }

    /// <summary>What the client sent as MCP <c>_meta</c>, trace context included; <see langword="null"/> for none.</summary>
    public JsonObject? Meta { get; init; }
}
