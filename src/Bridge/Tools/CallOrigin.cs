namespace Bridge.Tools;

/// <summary>Where a call comes from.</summary>
public enum CallOrigin
{
    /// <summary>A tool caller, for a prompt.</summary>
    Prompt,

    /// <summary>A person or program that named the tool and wrote the arguments.</summary>
    Direct,

    /// <summary>A client of the gateway.</summary>
    Gateway,

    /// <summary>Another call.</summary>
    Nested,
}
