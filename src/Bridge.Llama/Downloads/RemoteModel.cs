using Bridge.Llama.Gguf;

namespace Bridge.Llama.Downloads;

/// <summary>A model to fetch, pinned: the same text means the same bytes.</summary>
/// <param name="Source">The pinned text.</param>
/// <param name="Files">Its files; several for a split one.</param>
public sealed record RemoteModel(string Source, IReadOnlyList<RemoteFile> Files)
{
    /// <summary>The model at an address: one file, or all parts where the address is that of one.</summary>
    /// <param name="url">The address.</param>
    public static RemoteModel At(Uri url)
    {
        IEnumerable<Uri> files = SplitName.Parse(url.AbsolutePath) is { } split
            ? split.Paths.Select(path => new UriBuilder(url) { Path = path }.Uri)
            : [url];
        return new RemoteModel(WebAddress.Text(url), [.. files.Select(file => new RemoteFile(file, FileNames.Of(Uri.UnescapeDataString(file.AbsolutePath))))]);
    }
}
