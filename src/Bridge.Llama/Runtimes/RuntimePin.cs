using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Llama.Runtimes;

/// <summary>The one version of a package that this program knows, with its hash.</summary>
/// <param name="Package">The package's name within its scope.</param>
/// <param name="Version">The version.</param>
/// <param name="Integrity">Its hash as npm writes it: <c>sha512-</c> and Base64.</param>
internal sealed record RuntimePin(string Package, string Version, string Integrity)
{
    private const string Prefix = $"node_modules/{RuntimePackage.Scope}/";

    /// <summary>All that are pinned: the lock files of the build are part of the program.</summary>
    public static ImmutableArray<RuntimePin> All { get; } =
    [
        .. typeof(RuntimePin).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("npm.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(Read),
    ];

    /// <summary>The file of the package in a registry.</summary>
    /// <param name="registry">The registry's address.</param>
    public Uri UrlAt(Uri registry) =>
        new($"{registry.AbsoluteUri.TrimEnd('/')}/{RuntimePackage.Scope}/{Package}/-/{Package}-{Version}.tgz");

    private static RuntimePin[] Read(string resource)
    {
        using Stream content = typeof(RuntimePin).Assembly.GetManifestResourceStream(resource)!;
        using JsonDocument file = JsonDocument.Parse(content);
        return
        [
            .. file.RootElement.GetProperty("packages").EnumerateObject()
                .Where(package => package.Name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(package => new RuntimePin(
                    package.Name[Prefix.Length..],
                    package.Value.GetProperty("version").GetString()!,
                    package.Value.GetProperty("integrity").GetString()!)),
        ];
    }
}
