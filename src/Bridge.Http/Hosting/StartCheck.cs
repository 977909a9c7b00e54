using System.Collections.Immutable;
using System.Security.Cryptography;
using Bridge.Configuration;
using Bridge.Http.Guards;
using Bridge.Identity;
using Microsoft.Extensions.Options;

namespace Bridge.Http.Hosting;

/// <summary>Checks, before anything listens, that the HTTP faces are not opened wider than a person meant to.</summary>
/// <param name="options">The configuration.</param>
/// <param name="access">What was asked for on the command line.</param>
/// <param name="keys">The keys of clients.</param>
/// <param name="time">The clock.</param>
public sealed class StartCheck(IOptionsMonitor<BridgeOptions> options, IOptions<AccessOptions> access, KeyRing keys, TimeProvider time)
{
    private const string UrlPlace = "Bridge:Http:Url", CertificatePlace = "Bridge:Http:CertificateFile";

    /// <summary>Checks everything and names every problem at once.</summary>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>What was found.</returns>
    public async Task<StartVerdict> CheckAsync(CancellationToken cancellationToken)
    {
        HttpOptions http = options.CurrentValue.Http;
        ListenAddress address;
        try
        {
            address = ListenAddress.Parse(http.Url);
        }
        catch (FormatException error)
        {
            return new StartVerdict([new ConfigProblem("http-url-invalid", UrlPlace, error.Message, "Correct the address.")], []);
        }

        var problems = new List<ConfigProblem>(TokenSettings.Check(http.Tokens));
        var warnings = new List<string>();
        CheckCertificate(address, http, problems);
        if (address.IsLoopback)
        {
            if (access.Value.NoAuth)
            {
                warnings.Add("Authentication is off: every program and every user of this machine can call every tool ('--no-auth').");
            }
        }
        else
        {
            await CheckOpenAsync(address, http, problems, warnings, cancellationToken).ConfigureAwait(false);
        }

        return new StartVerdict([.. problems], [.. warnings]);
    }

    private static void CheckCertificate(ListenAddress address, HttpOptions http, List<ConfigProblem> problems)
    {
        if (!address.IsHttps)
        {
            return;
        }

        if (string.IsNullOrEmpty(http.CertificateFile))
        {
            problems.Add(new ConfigProblem(
                "http-certificate-missing", CertificatePlace, $"'{http.Url}' needs a certificate.", "Name a PFX or PEM file, or write 'http:' on loopback."));
            return;
        }

        try
        {
            ServerCertificate.Load(http).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            problems.Add(new ConfigProblem(
                "http-certificate-unreadable",
                CertificatePlace,
                $"The certificate '{http.CertificateFile}' cannot be used: {error.Message}",
                "Name a PFX file without a password, or a PEM file with 'Bridge:Http:CertificateKeyFile'."));
        }
    }

    private async Task CheckOpenAsync(
        ListenAddress address, HttpOptions http, List<ConfigProblem> problems, List<string> warnings, CancellationToken cancellationToken)
    {
        if (access.Value.NoAuth)
        {
            problems.Add(new ConfigProblem(
                "http-no-auth-open",
                UrlPlace,
                $"'--no-auth' is for loopback only, and '{http.Url}' is open to other machines.",
                "Leave '--no-auth' out, or listen on 'http://127.0.0.1:8787'."));
        }
        else if (http.Tokens.Issuer is null && !await HasUsableKeyAsync(cancellationToken).ConfigureAwait(false))
        {
            problems.Add(new ConfigProblem(
                "http-key-missing",
                UrlPlace,
                $"'{http.Url}' is open to other machines, and no key was made for them: the key of this machine must not leave it.",
                "Run 'bridge keys create NAME' first."));
        }

        if (!address.IsHttps && access.Value.InsecureHttp)
        {
            warnings.Add($"'{http.Url}' is open to other machines without encryption: keys and prompts can be read on the way ('--insecure-http').");
        }
        else if (!address.IsHttps)
        {
            problems.Add(new ConfigProblem(
                "http-tls-missing",
                UrlPlace,
                $"'{http.Url}' is open to other machines without encryption: keys and prompts could be read on the way.",
                "Write 'https:' and set 'Bridge:Http:CertificateFile', or say '--insecure-http' behind a proxy that encrypts."));
        }
    }

    private async Task<bool> HasUsableKeyAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<ApiKey> all = await keys.ListAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = time.GetUtcNow();
        return all.Any(key => key.Revoked is null && (key.Expires is null || key.Expires > now));
    }
}
