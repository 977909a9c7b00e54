using System.Text;
using Bridge.Configuration;

namespace Bridge.Evaluation.Predictions;

/// <summary>A file of predictions that grows a line at a time: what a run that was interrupted left is kept. Thread-safe.</summary>
public sealed class PredictionFile : IDisposable
{
    private readonly Dictionary<string, Prediction> _kept;
    private readonly StreamWriter _writer;
    private readonly Lock _lock = new();

    private PredictionFile(Dictionary<string, Prediction> kept, int broken, StreamWriter writer)
    {
        _kept = kept;
        Broken = broken;
        _writer = writer;
    }

    /// <summary>What the file held when it was opened, by record; of several for one record the last.</summary>
    public IReadOnlyDictionary<string, Prediction> Kept => _kept;

    /// <summary>How many lines were no predictions and were taken out, such as one that a killed process wrote in part.</summary>
    public int Broken { get; }

    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file, to be written on.</returns>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static PredictionFile Open(string path)
    {
        var kept = new Dictionary<string, Prediction>(StringComparer.Ordinal);
        int broken = 0;
        bool whole = true;
        if (File.Exists(path))
        {
            string text = File.ReadAllText(path);
            var good = new StringBuilder();
            foreach (string line in text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => !string.IsNullOrWhiteSpace(line)))
            {
                if (PredictionJson.TryRead(line) is { } prediction)
                {
                    kept[prediction.Id] = prediction;
                    good.Append(line).Append('\n');
                }
                else
                {
                    broken++;
                }
            }

            whole = broken == 0 && (text.Length == 0 || text.EndsWith('\n'));
            if (!whole)
            {
                ConfigFileWriter.Write(path, good.ToString());
            }
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }

        return new PredictionFile(kept, broken, new StreamWriter(path, append: true) { AutoFlush = true });
    }

    /// <summary>Adds a prediction; it is in the file when this returns.</summary>
    /// <param name="prediction">The prediction.</param>
    public void Add(Prediction prediction)
    {
        string line = PredictionJson.Write(prediction);
        lock (_lock)
        {
            _writer.Write(line + "\n");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
