namespace Bridge.Llama.Store;

/// <summary>What to add.</summary>
/// <param name="Source">A file, a folder, an address, or <c>hf:ORG/REPO[@REVISION][:QUANTISATION]</c>.</param>
public sealed record ModelAddition(string Source)
{
    /// <summary>The name it shall have.</summary>
    /// <value>When <see langword="null"/>, the file's.</value>
    public string? Name { get; init; }

    /// <summary>The SHA-256 its one file must have, in hex.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What relative paths are relative to.</summary>
    public string CurrentFolder { get; init; } = Environment.CurrentDirectory;
}

/// <summary>What was added.</summary>
/// <param name="Models">The models, those that were there already included.</param>
/// <param name="Skipped">The files of a folder that are none, and why.</param>
public sealed record AddedModels(IReadOnlyList<ModelRecord> Models, IReadOnlyList<SkippedFile> Skipped);

/// <summary>A file that was not added.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedFile(string Path, string Reason);
