using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Bridge.Llama.Runtimes;

namespace Bridge.Llama.Tests.Runtimes;

/// <summary>A package of npm, made for a test.</summary>
internal sealed class PackageFile
{
    private readonly List<TarEntry> _entries = [];

    public PackageFile With(string name, string content)
    {
        _entries.Add(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        return this;
    }

    public PackageFile WithLink(string name, string target, TarEntryType type = TarEntryType.SymbolicLink)
    {
        _entries.Add(new PaxTarEntry(type, name) { LinkName = target });
        return this;
    }

    public byte[] ToArray()
    {
        using MemoryStream file = new();
        using (GZipStream zipped = new(file, CompressionLevel.Fastest, leaveOpen: true))
        using (TarWriter writer = new(zipped))
        {
            _entries.ForEach(writer.WriteEntry);
        }

        return file.ToArray();
    }

    /// <summary>The pin of a package's file.</summary>
    public static RuntimePin PinOf(string package, byte[] content) =>
        new(package, "3.0.0", $"sha512-{Convert.ToBase64String(SHA512.HashData(content))}");
}
