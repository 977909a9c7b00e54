using Bridge.Tools;

namespace Bridge.Identity;

/// <summary>What became of a token that a client showed.</summary>
/// <param name="Result">The result.</param>
/// <param name="Identity">The client, its scopes those of Bridge that the token names; <see langword="null"/> unless accepted.</param>
public sealed record TokenCheck(TokenCheckResult Result, ClientIdentity? Identity);

/// <summary>The results of checking a token.</summary>
public enum TokenCheckResult
{
    /// <summary>The token is good.</summary>
    Accepted,

    /// <summary>It is not a token, or too long, or tokens are not configured.</summary>
    Malformed,

    /// <summary>It is signed with an algorithm that is not allowed, or its header demands what Bridge does not do.</summary>
    AlgorithmNotAllowed,

    /// <summary>None of the issuer's keys is the one it names.</summary>
    UnknownKey,

    /// <summary>Its signature is not the issuer's.</summary>
    WrongSignature,

    /// <summary>It is of another issuer.</summary>
    WrongIssuer,

    /// <summary>It is for somebody else.</summary>
    WrongAudience,

    /// <summary>Its time is over, or it has no end.</summary>
    Expired,

    /// <summary>Its time has not begun.</summary>
    NotYetValid,

    /// <summary>It names nobody.</summary>
    NoSubject,

    /// <summary>The issuer's keys cannot be had right now.</summary>
    KeysUnavailable,
}
