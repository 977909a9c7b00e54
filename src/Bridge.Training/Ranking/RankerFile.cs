using System.Text.Encodings.Web;
using System.Text.Json;
using Bridge.Shortlisting;

namespace Bridge.Training.Ranking;

/// <summary>Writes a ranker, with what it was learned from.</summary>
internal static class RankerFile
{
    private const int Digits = 5;

    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the file's bytes.</summary>
    /// <param name="model">The ranker.</param>
    /// <param name="report">How well it does.</param>
    public static byte[] Write(RankModel model, RankerReport report)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("learnedFrom", "Queries and tools of fairyshine/Seal-Tools (Apache-2.0) and of ShishirPatil/gorilla, BFCL (Apache-2.0)" + (report.Sets.Any(set => set.Name == "own") ? "; own records" : ""));
            writer.WriteStartArray("recallAt5");
            foreach (RankerReport.SetReport set in report.Sets)
            {
                WriteSet(writer, set);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("features");
            foreach (RankWeight weight in model.Weights)
            {
                WriteWeight(writer, weight);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteSet(Utf8JsonWriter writer, RankerReport.SetReport set)
    {
        writer.WriteStartObject();
        writer.WriteString("set", set.Name);
        writer.WriteNumber("tools", set.Tools);
        writer.WriteNumber("queries", set.Trained[^1].Queries);
        writer.WriteNumber("trained", Math.Round(set.Trained[^1].At5, Digits));
        writer.WriteNumber("crossValidated", Math.Round(set.CrossValidated[^1].At5, Digits));
        writer.WriteEndObject();
    }

    private static void WriteWeight(Utf8JsonWriter writer, RankWeight weight)
    {
        writer.WriteStartObject();
        writer.WriteString("name", weight.Name);
        writer.WriteNumber("mean", MathF.Round(weight.Mean, Digits));
        writer.WriteNumber("spread", MathF.Round(weight.Spread, Digits));
        writer.WriteNumber("weight", MathF.Round(weight.Weight, Digits));
        writer.WriteEndObject();
    }
}
