namespace Bridge.Identity;

/// <summary>Reads the keys of an issuer.</summary>
public interface ITokenKeyLoader
{
    /// <summary>Reads them.</summary>
    /// <param name="place">Where they are.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>A JSON Web Key Set, not yet checked.</returns>
    /// <exception cref="IOException">The file cannot be read, or it is too large.</exception>
    /// <exception cref="HttpRequestException">The address does not answer with one.</exception>
    Task<byte[]> LoadAsync(TokenKeyPlace place, CancellationToken cancellationToken);
}
