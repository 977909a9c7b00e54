using System.Collections.Immutable;

namespace Bridge.Identity;

/// <summary>What a key can allow.</summary>
public static class KeyScopes
{
    /// <summary>Everything, what changes configuration included.</summary>
    public const string Admin = "admin";

    /// <summary>To send prompts and have tools called.</summary>
    public const string Prompts = "prompts";

    /// <summary>To see which tools and models there are.</summary>
    public const string Read = "read";

    /// <summary>To read metrics.</summary>
    public const string Metrics = "metrics";

    /// <summary>Every scope.</summary>
    public static ImmutableArray<string> All { get; } = [Admin, Prompts, Read, Metrics];

    /// <summary>What a key allows when nothing is said: to send prompts and to see tools and models.</summary>
    public static ImmutableArray<string> Default { get; } = [Prompts, Read];
}
