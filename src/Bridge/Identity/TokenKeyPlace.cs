using Bridge.Configuration;

namespace Bridge.Identity;

/// <summary>Where the keys of an issuer are: written out, else in a file, else at an address.</summary>
/// <param name="Json">The keys, written out.</param>
/// <param name="File">The file.</param>
/// <param name="Url">The address.</param>
public sealed record TokenKeyPlace(string? Json, string? File, string? Url)
{
    /// <summary>Takes the place from settings.</summary>
    /// <param name="options">The settings.</param>
    /// <returns>The place.</returns>
    public static TokenKeyPlace Of(TokenOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TokenKeyPlace(options.Keys, options.KeysFile, options.KeysUrl);
    }

    /// <summary>Names the place.</summary>
    /// <returns>The setting, the file or the address.</returns>
    public override string ToString() => Json is not null ? "Bridge:Http:Tokens:Keys" : File ?? Url ?? "nowhere";
}
