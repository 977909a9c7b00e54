using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Shortlisting;

/// <summary>A linear ranker over <see cref="RankFeatures"/>: each is brought to its trained mean and spread, bounded, weighted and added. Immutable.</summary>
internal sealed class RankModel
{
    // What lies further out than training ever saw tells no more.
    private const float Bound = 4;
    private const string Resource = "learned/ranker.json";

    private static readonly Lazy<RankModel> s_shipped = new(LoadShipped);

    private readonly float[] _means;
    private readonly float[] _scales;
    private readonly float[] _weights;

    /// <summary>Makes a model.</summary>
    /// <param name="features">A line for each of <see cref="RankFeatures.Names"/>, in their order.</param>
    /// <exception cref="InvalidDataException">The features are others than this version reads.</exception>
    public RankModel(ImmutableArray<RankWeight> features)
    {
        if (!features.Select(feature => feature.Name).SequenceEqual(RankFeatures.Names, StringComparer.Ordinal))
        {
            throw new InvalidDataException("The ranker's weights are for other features than this version computes. Train it again.");
        }

        Weights = features;
        _means = [.. features.Select(feature => feature.Mean)];
        _scales = [.. features.Select(feature => 1 / feature.Spread)];
        _weights = [.. features.Select(feature => feature.Weight)];
    }

    /// <summary>The model that ships with Bridge.</summary>
    public static RankModel Shipped => s_shipped.Value;

    /// <summary>The weights.</summary>
    public ImmutableArray<RankWeight> Weights { get; }

    /// <summary>Reads a model.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <exception cref="InvalidDataException">The file is no model of this version.</exception>
    public static RankModel Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new RankModel([.. document.RootElement.GetProperty("features").EnumerateArray().Select(ReadWeight)]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("The ranker's weights cannot be read: 'features' must list 'name', 'mean', 'spread' and 'weight'.", exception);
        }
    }

    /// <summary>Brings a feature to its trained mean and spread.</summary>
    /// <param name="feature">Which feature.</param>
    /// <param name="value">Its value.</param>
    public float Normalize(int feature, float value) => Math.Clamp((value - _means[feature]) * _scales[feature], -Bound, Bound);

    /// <summary>Scores a tool.</summary>
    /// <param name="row">Its features.</param>
    /// <returns>The higher, the likelier the tool is meant; comparable between the parts of one prompt.</returns>
    public float Score(ReadOnlySpan<float> row)
    {
        float sum = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            sum += _weights[i] * Normalize(i, row[i]);
        }

        return sum;
    }

    private static RankWeight ReadWeight(JsonElement feature) => new(
        feature.GetProperty("name").GetString()!, feature.GetProperty("mean").GetSingle(),
        feature.GetProperty("spread").GetSingle(), feature.GetProperty("weight").GetSingle());

    private static RankModel LoadShipped()
    {
        using Stream stream = typeof(RankModel).Assembly.GetManifestResourceStream(Resource)!;
        byte[] json = new byte[stream.Length];
        stream.ReadExactly(json);
        return Read(json);
    }
}
