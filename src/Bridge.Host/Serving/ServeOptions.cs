namespace Bridge.Host.Serving;

/// <summary>What the command line of <c>serve</c> says.</summary>
/// <param name="NoAuth">Whether no key is asked for.</param>
/// <param name="InsecureHttp">Whether keys may travel unencrypted beyond this machine.</param>
/// <param name="Verbose">Whether logs tell more.</param>
internal sealed record ServeOptions(bool NoAuth = false, bool InsecureHttp = false, bool Verbose = false);
