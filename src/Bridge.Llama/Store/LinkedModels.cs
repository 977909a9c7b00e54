using System.Security.Cryptography;
using Bridge.Llama.Gguf;

namespace Bridge.Llama.Store;

/// <summary>Makes records of files that lie on this machine and stay where they are.</summary>
/// <param name="clock">Says when.</param>
internal sealed class LinkedModels(TimeProvider clock)
{
    /// <summary>Makes the record of a file, or of the split model it is a part of.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="name">The name it shall have.</param>
    /// <param name="sha256">The hash it must have.</param>
    /// <param name="cancellationToken">Ends the hashing.</param>
    /// <exception cref="ModelStoreException">The hash is another one.</exception>
    /// <exception cref="GgufException">It is no model.</exception>
    public async Task<ModelRecord> ReadAsync(string path, string? name, string? sha256, CancellationToken cancellationToken)
    {
        ModelFacts facts = ModelFacts.Read(path);
        if (sha256 is not null)
        {
            await CheckHashAsync(facts.Files, sha256, cancellationToken).ConfigureAwait(false);
        }

        return new ModelRecord(
            name ?? ModelName.FromFile(path),
            facts.Files[0],
            facts.Files[0],
            Downloaded: false,
            [.. facts.Files.Select(file => new StoredFile(file, new FileInfo(file).Length, sha256))],
            clock.GetUtcNow(),
            SummaryOf(facts));
    }

    /// <summary>The files of a folder that may be models: one of each split model.</summary>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<string> FilesOf(string folder) => Directory.EnumerateFiles(folder, "*.gguf")
        .Where(file => SplitName.Parse(file) is null or { Number: 1 })
        .Order(StringComparer.Ordinal);

    /// <summary>A model in a line.</summary>
    /// <param name="facts">What its files say.</param>
    public static ModelSummary SummaryOf(ModelFacts facts) => new(facts.Architecture, facts.SizeLabel, facts.Quantisation, facts.ContextLength);

    /// <summary>The hash of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the hashing.</param>
    /// <returns>It, in lower-case hex.</returns>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
    }

    private static async Task CheckHashAsync(IReadOnlyList<string> files, string sha256, CancellationToken cancellationToken)
    {
        if (files.Count > 1)
        {
            throw new ModelStoreException($"The model consists of {files.Count} files, and '--sha256' is the hash of one: leave it out.");
        }

        string hash = await HashAsync(files[0], cancellationToken).ConfigureAwait(false);
        if (hash != sha256)
        {
            throw new ModelStoreException($"'{files[0]}' has the SHA-256 {hash}, and {sha256} is expected.");
        }
    }
}
