using System.Formats.Tar;
using System.IO.Compression;
using Bridge.Llama.Gguf;

namespace Bridge.Llama.Runtimes;

/// <summary>Unpacks the libraries of an npm package, and nothing that leads out of its folder.</summary>
internal static class RuntimeArchive
{
    private const string Root = "package/";
    private const string Libraries = Root + "bins/";
    private const string License = Root + "LICENSE";
    private const int MostEntries = 10_000;

    /// <summary>The most that a package may hold unpacked; the largest has some hundred megabytes.</summary>
    public const long MostBytes = 4L << 30;

    /// <summary>Unpacks.</summary>
    /// <param name="path">The package's file.</param>
    /// <param name="folder">An empty folder for what it holds.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="mostBytes">The most that it may hold.</param>
    /// <exception cref="LlamaRuntimeException">The file is no package, or one that is not to be trusted.</exception>
    public static async Task UnpackAsync(string path, string folder, CancellationToken cancellationToken, long mostBytes = MostBytes)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            GZipStream unzipped = new(file, CompressionMode.Decompress);
            await using (unzipped.ConfigureAwait(false))
            {
                try
                {
                    await UnpackAsync(unzipped, Path.GetFullPath(folder), mostBytes, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
                {
                    throw new LlamaRuntimeException($"'{Path.GetFileName(path)}' is no package of npm: {error.Message}", error);
                }
            }
        }
    }

    private static async Task UnpackAsync(Stream content, string folder, long mostBytes, CancellationToken cancellationToken)
    {
        TarReader reader = new(content);
        await using (reader.ConfigureAwait(false))
        {
            long bytes = 0;
            int entries = 0;
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                bytes += entry.Length;
                if (bytes > mostBytes || ++entries > MostEntries)
                {
                    throw new LlamaRuntimeException($"The package holds more than {ByteSize.Text(mostBytes)} or {MostEntries} files, which none of llama.cpp does.");
                }

                if (TargetOf(entry, folder) is { } target)
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    await WriteAsync(entry, target, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    // What a package must not hold is refused even where it would not be unpacked: nobody made such a package by mistake.
    private static string? TargetOf(TarEntry entry, string folder)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes or TarEntryType.Directory)
        {
            return null;
        }

        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
        {
            throw new LlamaRuntimeException($"The package holds '{entry.Name}', which is no file but a {entry.EntryType}.");
        }

        string[] parts = entry.Name.Split('/', '\\');
        if (Path.IsPathRooted(entry.Name) || parts.Any(part => part is "" or "." or "..") || entry.Name.Contains(':', StringComparison.Ordinal))
        {
            throw new LlamaRuntimeException($"The package holds '{entry.Name}', which leads out of its folder.");
        }

        return entry.Name == License || entry.Name.StartsWith(Libraries, StringComparison.Ordinal)
            ? Path.Combine(folder, Path.Combine(parts[1..]))
            : null;
    }

    private static async Task WriteAsync(TarEntry entry, string target, CancellationToken cancellationToken)
    {
        FileStream file = new(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, useAsync: true);
        await using (file.ConfigureAwait(false))
        {
            if (entry.DataStream is { } data)
            {
                await data.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
