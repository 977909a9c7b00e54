namespace Bridge.Policy;

/// <summary>What a rule of the policy file does with the calls it fits.</summary>
internal enum PolicyEffect
{
    /// <summary>They may go on.</summary>
    Allow,

    /// <summary>They must not be made.</summary>
    Deny,
}
