using Bridge.Calling;
using Bridge.Outcomes;
using Bridge.Weights;

namespace Bridge.Embedded;

/// <summary>The weights that configuration names; those that ship with Bridge where it names none.</summary>
internal static class WeightsFile
{
    /// <summary>Reads weights when they are first needed.</summary>
    /// <param name="file">The file; <see langword="null"/> for those that ship.</param>
    /// <returns>The weights; asking for them throws a <see cref="ToolCallerException"/> when the file cannot be used.</returns>
    public static Lazy<ExtractorWeights> Of(string? file) =>
        string.IsNullOrEmpty(file) ? ExtractorWeights.Shipped : new Lazy<ExtractorWeights>(() => Read(file));

    private static ExtractorWeights Read(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            return ExtractorWeights.Read(stream);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ToolCallerException(
                ReasonKind.CallerUnavailable,
                $"The file '{file}' that 'Bridge:Embedded:Weights' names cannot be used: {error.Message} Name one that 'bridge train' of this version wrote, or leave the setting out for the weights that ship.",
                error);
        }
    }
}
