using Bridge.Configuration;

namespace Bridge.Shortlisting;

/// <summary>The ranker that configuration names; the one that ships with Bridge where it names none.</summary>
internal static class RankerFile
{
    /// <summary>Reads a ranker.</summary>
    /// <param name="file">The file; <see langword="null"/> for the one that ships.</param>
    /// <exception cref="BridgeConfigurationException">The file cannot be used.</exception>
    public static RankModel Read(string? file)
    {
        if (string.IsNullOrEmpty(file))
        {
            return RankModel.Shipped;
        }

        try
        {
            return RankModel.Read(File.ReadAllBytes(file));
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new BridgeConfigurationException(new ConfigProblem(
                "invalid-value", "Bridge:Embedded:Ranker", $"The file '{file}' cannot be used: {error.Message}",
                "Name one that 'bridge train' of this version wrote, or leave the setting out for the ranker that ships."));
        }
    }
}
