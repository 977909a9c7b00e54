using System.Collections.Frozen;

namespace Bridge.Reading;

/// <summary>Where well-known towns lie.</summary>
internal static class Places
{
    private static readonly FrozenDictionary<string, Place> s_places = Load();
    private static readonly FrozenDictionary<string, string> s_states = Lines().Select(line => line.Split(" = ")).Where(parts => parts.Length == 2)
        .ToFrozenDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a town.</summary>
    /// <param name="name">One of its names, in any case.</param>
    public static Place? Find(string name) => s_places.GetValueOrDefault(name);

    /// <summary>The postal code of a state.</summary>
    /// <param name="name">Its name, in any case.</param>
    public static string? StateCode(string name) => s_states.GetValueOrDefault(name);

    private static FrozenDictionary<string, Place> Load()
    {
        var places = new Dictionary<string, Place>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in Lines())
        {
            string[] parts = line.Split('|');
            if (parts.Length >= 3)
            {
                var place = new Place(parts[0], parts[1], parts[2]);
                places.TryAdd(place.Name, place);
                foreach (string other in parts.Length > 3 ? parts[3].Split(';') : [])
                {
                    places.TryAdd(other, place);
                }
            }
        }

        return places.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Lines()
    {
        using Stream stream = typeof(Places).Assembly.GetManifestResourceStream("reading/places.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                yield return line;
            }
        }
    }
}

/// <summary>A town.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Region">The postal code of its state; empty outside the United States.</param>
/// <param name="Country">Its country, as people write it.</param>
internal sealed record Place(string Name, string Region, string Country);
