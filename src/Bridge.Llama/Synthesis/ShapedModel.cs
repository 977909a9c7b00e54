using System.Security.Cryptography;
using System.Text;

namespace Bridge.Llama.Synthesis;

/// <summary>Models with the shape of real ones, for benchmarks: their speed does not depend on what their weights say.</summary>
public static class ShapedModel
{
    // Raise it when the same vocabulary gives other weights, so that files written before are not used.
    private const int Revision = 1;

    /// <summary>The file of a shape, written into the temporary folder the first time.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="type">What its matrices consist of.</param>
    /// <param name="texts">Texts such as the model is going to read: they decide what its tokens are.</param>
    /// <returns>The file's path.</returns>
    public static string File(ModelShape shape, GgufTensorType type, IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(shape);
        BpeVocabulary vocabulary = ShapedVocabulary.Build(shape.Vocabulary, texts);
        string folder = Path.Combine(Path.GetTempPath(), "bridge-models");
        string path = Path.Combine(folder, $"{shape.Name}-{type}-{Mark(vocabulary)}-{Revision}.gguf".ToLowerInvariant());
        if (!System.IO.File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            string part = $"{path}.{Environment.ProcessId}.part";
            using (FileStream file = new(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            {
                RandomModel.Create(shape, type, vocabulary, seed: 1).Write(file);
            }

            System.IO.File.Move(part, path, overwrite: true);
        }

        return path;
    }

    // Another vocabulary makes another file.
    private static string Mark(BpeVocabulary vocabulary) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', vocabulary.Merges))))[..8];
}
