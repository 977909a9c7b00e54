namespace Bridge.Http.Guards;

/// <summary>What a person asked for on the command line of <c>serve</c>; never read from a configuration file, where it would be forgotten.</summary>
public sealed class AccessOptions
{
    /// <summary>Whether requests need no key (<c>--no-auth</c>); on loopback only.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool NoAuth { get; set; }

    /// <summary>Whether keys may travel unencrypted to an address that is not loopback (<c>--insecure-http</c>).</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool InsecureHttp { get; set; }
}
