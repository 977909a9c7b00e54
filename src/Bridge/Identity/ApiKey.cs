using System.Collections.Frozen;
using Bridge.Tools;

namespace Bridge.Identity;

/// <summary>A client's key as it is stored: never the secret itself.</summary>
/// <param name="Id">The public part of the key, lower-case hex; fit for logs.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Hash">SHA-256 of the whole key, in lower-case hex. The secret is 256 random bits, so it needs no slow hash.</param>
/// <param name="Scopes">What it allows, of <see cref="KeyScopes"/>.</param>
/// <param name="Created">When it was made.</param>
public sealed record ApiKey(string Id, string Name, string Hash, FrozenSet<string> Scopes, DateTimeOffset Created)
{
    /// <summary>The id of the key of the user of this machine; created keys have hex ids.</summary>
    public const string LocalId = "local";

    /// <summary>When it ends; <see langword="null"/> for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it was revoked; <see langword="null"/> when it was not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>The client this key stands for: the user of this machine for <see cref="LocalId"/>, else a client of its own.</summary>
    public ClientIdentity Identity => (Id == LocalId ? ClientIdentity.Local : new ClientIdentity($"key:{Id}")) with { Scopes = Scopes };

    /// <summary>Whether the key allows something.</summary>
    /// <param name="scope">The scope needed; <see cref="KeyScopes.Admin"/> allows every other.</param>
    /// <returns>Whether it does.</returns>
    public bool Allows(string scope) => Scopes.Contains(scope) || Scopes.Contains(KeyScopes.Admin);
}
