using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bridge.Configuration;

namespace Bridge.Http.Hosting;

/// <summary>Loads the certificate for HTTPS.</summary>
internal static class ServerCertificate
{
    /// <summary>Loads it.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="CryptographicException">A file holds no certificate with its private key.</exception>
    public static X509Certificate2 Load(HttpOptions options)
    {
        string file = options.CertificateFile!;
        bool isPfx = Path.GetExtension(file).ToLowerInvariant() is ".pfx" or ".p12";
        X509Certificate2 certificate = isPfx
            ? X509CertificateLoader.LoadPkcs12FromFile(file, null)
            : X509Certificate2.CreateFromPemFile(file, options.CertificateKeyFile);
        return certificate.HasPrivateKey
            ? certificate
            : throw new CryptographicException("It holds a certificate and no private key.");
    }
}
