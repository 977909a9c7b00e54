namespace Bridge.Llama.Downloads;

/// <summary>One file on its way, over as many connections as it takes.</summary>
/// <param name="file">The file.</param>
/// <param name="part">Its unfinished copy, held alone.</param>
/// <param name="statePath">Where the state is written.</param>
/// <param name="etag">What the server called the version the part is of.</param>
/// <param name="progress">Told how far it is.</param>
internal sealed class Transfer(RemoteFile file, FileStream part, string statePath, string? etag, IProgress<DownloadProgress>? progress)
{
    public RemoteFile File { get; } = file;

    public FileStream Part { get; } = part;

    public string? ETag { get; private set; } = etag;

    /// <summary>Whether what is there may be continued: its version is known, or the hash at the end will tell.</summary>
    public bool CanResume => Part.Length > 0 && (ETag is not null || File.Sha256 is not null);

    /// <summary>Whether the server answered in this run.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Throws away what is there.</summary>
    public void Restart()
    {
        Part.SetLength(0);
        ETag = null;
    }

    /// <summary>Writes down which version is being fetched.</summary>
    /// <param name="version">What the server calls it.</param>
    public void Remember(string? version)
    {
        HasBegun = true;
        ETag = version;
        new DownloadState(WebAddress.Text(File.Url), version).Write(statePath);
    }

    /// <summary>Says how far it is.</summary>
    /// <param name="done">The bytes that are there.</param>
    /// <param name="total">The bytes there will be.</param>
    public void Report(long done, long? total) => progress?.Report(new DownloadProgress(File.Name, done, total));
}
