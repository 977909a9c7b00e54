using System.Net.Sockets;
using Bridge.Configuration;
using Bridge.Http.Guards;
using Bridge.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Http.Hosting;

/// <summary>Starts the HTTP faces, or says in a sentence why not.</summary>
public static class BridgeStartExtensions
{
    /// <summary>Checks that the start is safe, makes the key of this machine where there is none, and starts.</summary>
    /// <param name="app">The application, mapped.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>When requests are taken.</returns>
    /// <exception cref="BridgeConfigurationException">The start is not safe, or the address is not free; every problem has its cure.</exception>
    public static async Task StartBridgeAsync(this WebApplication app, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        ILogger logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(BridgeStartExtensions));
        StartVerdict verdict = await app.Services.GetRequiredService<StartCheck>().CheckAsync(cancellationToken).ConfigureAwait(false);
        if (verdict.Problems.Length > 0)
        {
            throw new BridgeConfigurationException(verdict.Problems);
        }

        foreach (string warning in verdict.Warnings)
        {
            HostingLog.OpenAccess(logger, warning);
        }

        if (!app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.NoAuth)
        {
            app.Services.GetRequiredService<KeyRing>().EnsureLocalKey();
        }

        await ListenAsync(app, cancellationToken).ConfigureAwait(false);
        HostingLog.Listening(logger, string.Join(", ", app.Urls));
    }

    private static async Task ListenAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await ((IHost)app).StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw Refuse(app, "http-port-taken", "is taken by another program.", "Stop that program (it may be another 'bridge serve'), or choose another port.");
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AccessDenied or SocketError.AddressNotAvailable)
        {
            throw Refuse(app, "http-address-refused", $"cannot be listened on: {error.Message}.", "Choose an address of this machine and a port above 1023.");
        }
    }

    private static BridgeConfigurationException Refuse(WebApplication app, string code, string problem, string cure)
    {
        string url = app.Services.GetRequiredService<IOptionsMonitor<BridgeOptions>>().CurrentValue.Http.Url;
        return new BridgeConfigurationException(new ConfigProblem(code, "Bridge:Http:Url", $"'{url}' {problem}", cure));
    }
}
