using Bridge.Configuration;
using Bridge.Mcp.Listing;
using Bridge.Policy;
using Bridge.Tools;

namespace Bridge.Mcp.Gateway;

/// <summary>Settles what a client sees: what it asked for, within what configuration says of it.</summary>
internal static class ClientViews
{
    /// <summary>Settles it.</summary>
    /// <param name="asked">What the client asked for.</param>
    /// <param name="identity">Who it is.</param>
    /// <param name="options">What configuration says.</param>
    /// <returns>What it sees: it chooses the mode, and can only narrow its tools.</returns>
    public static GatewayView Settle(GatewayView asked, ClientIdentity identity, GatewayOptions options)
    {
        GatewayClientOptions? entry = options.Clients.FirstOrDefault(entry => IdentityPattern.Matches(entry.Client, identity));
        return asked with
        {
            Mode = asked.Mode ?? entry?.Mode ?? options.Mode,
            Tools = entry is null ? asked.Tools : ToolSubset.Of(entry.Tools).And(asked.Tools),
        };
    }
}
