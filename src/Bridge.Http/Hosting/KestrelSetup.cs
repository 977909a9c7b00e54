using System.Net;
using Bridge.Configuration;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Bridge.Http.Hosting;

/// <summary>Where Kestrel listens, and how much time and memory one client gets.</summary>
internal sealed class KestrelSetup(IOptionsMonitor<BridgeOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    private const int MaxConnections = 4096;

    public void Configure(KestrelServerOptions kestrel)
    {
        HttpOptions http = options.CurrentValue.Http;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = http.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        Listen(kestrel, ListenAddress.Parse(http.Url), http);
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, HttpOptions http)
    {
        void Secure(ListenOptions listen)
        {
            if (address.IsHttps)
            {
                listen.UseHttps(ServerCertificate.Load(http));
            }
        }

        if (address.Address is null)
        {
            kestrel.ListenLocalhost(address.Port, Secure);
        }
        else if (address.Address.Equals(IPAddress.IPv6Any))
        {
            kestrel.ListenAnyIP(address.Port, Secure);
        }
        else
        {
            kestrel.Listen(address.Address, address.Port, Secure);
        }
    }
}
