using System.Net;
using System.Net.Sockets;

namespace Bridge.Mcp.SignIn;

/// <summary>Tells addresses of the public internet from those of inner networks, of the machine itself, and of ways into either.</summary>
/// <remarks>By the IANA registries of special-purpose addresses (RFC 6890 and its successors).</remarks>
internal static class PublicAddress
{
    private static readonly IPNetwork[] s_special4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // All that is global unicast lies in 2000::/3; mapped, NAT64, unique local and link-local addresses do not. Within it, these are special:
    // 2001::/23 (Teredo among them), documentation, and 6to4, whose addresses carry one of IPv4.
    private static readonly IPNetwork s_global6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] s_special6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(s_special4, network => IsIn(network, address))
            : address.ScopeId == 0 && IsIn(s_global6, address) && !Array.Exists(s_special6, network => IsIn(network, address));
    }

    // IPNetwork.Contains finds ::ffff:10.0.0.1 in 2000::/3 (.NET 10.0), so the bits are compared here.
    private static bool IsIn(IPNetwork network, IPAddress address)
    {
        ReadOnlySpan<byte> prefix = network.BaseAddress.GetAddressBytes();
        ReadOnlySpan<byte> bytes = address.GetAddressBytes();
        int whole = network.PrefixLength / 8;
        int rest = network.PrefixLength % 8;
        return prefix[..whole].SequenceEqual(bytes[..whole]) && (rest == 0 || (prefix[whole] ^ bytes[whole]) >> (8 - rest) == 0);
    }
}
