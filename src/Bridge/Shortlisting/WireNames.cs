using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Bridge.Tools;

namespace Bridge.Shortlisting;

/// <summary>The names under which models and clients see tools: bare where unique, else <c>source__name</c>, always <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
/// <remarks>A name that had to be changed is never parsed back: a table maps it.</remarks>
public static class WireNames
{
    /// <summary>The longest name the models' APIs take.</summary>
    public const int MaxLength = 64;

    private const int HashLength = 8;

    /// <summary>Names tools, bare where that is unique.</summary>
    /// <param name="tools">The tools.</param>
    /// <returns>A name for each, unique; the order of the tools matters only where one id occurs twice.</returns>
    public static ImmutableArray<string> Of(ImmutableArray<Tool> tools)
    {
        var bare = new Dictionary<string, int>(tools.Length, StringComparer.Ordinal);
        foreach (Tool tool in tools)
        {
            bare[tool.Id.Name] = bare.GetValueOrDefault(tool.Id.Name) + 1;
        }

        return Of([.. tools.Select(tool => tool.Id)], id => bare[id.Name] == 1 ? id.Name : Qualify(id));
    }

    /// <summary>Names things of several sources, always with the source in front, so that a new source changes no name.</summary>
    /// <param name="ids">The ids.</param>
    /// <returns>A name for each, unique.</returns>
    public static ImmutableArray<string> Qualified(ImmutableArray<ToolId> ids) => Of(ids, Qualify);

    private static string Qualify(ToolId id) => $"{id.Source}__{id.Name}";

    private static ImmutableArray<string> Of(ImmutableArray<ToolId> ids, Func<ToolId, string> wish)
    {
        var names = new string[ids.Length];
        var hashed = new bool[ids.Length];
        for (int i = 0; i < names.Length; i++)
        {
            string name = Sanitize(wish(ids[i]));
            hashed[i] = name.Length > MaxLength;
            names[i] = hashed[i] ? WithHash(name, ids[i].ToString()) : name;
        }

        Disambiguate(ids, names, hashed);
        return [.. names];
    }

    // A hash can only be asked for so often: a round hashes at least one more name, or settles a repeated id by its position.
    private static void Disambiguate(ImmutableArray<ToolId> ids, string[] names, bool[] hashed)
    {
        for (int round = 0; FindCollisions(names) is { Count: > 0 } colliding; round++)
        {
            bool anyPlain = colliding.Exists(i => !hashed[i]);
            for (int n = 0; n < colliding.Count; n++)
            {
                int i = colliding[n];
                if (!hashed[i])
                {
                    hashed[i] = true;
                    names[i] = WithHash(names[i], ids[i].ToString());
                }
                else if (!anyPlain && n > 0)
                {
                    names[i] = WithHash(names[i][..^(HashLength + 1)], $"{ids[i]}\n{round}\n{n}");
                }
            }
        }
    }

    private static List<int> FindCollisions(string[] names)
    {
        var first = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        var colliding = new SortedSet<int>();
        for (int i = 0; i < names.Length; i++)
        {
            if (!first.TryAdd(names[i], i))
            {
                colliding.Add(first[names[i]]);
                colliding.Add(i);
            }
        }

        return [.. colliding];
    }

    private static string WithHash(string name, string text)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
        int kept = Math.Min(name.Length, MaxLength - HashLength - 1);
        return $"{name[..kept]}_{hash}";
    }

    private static string Sanitize(string name) => name.Length == 0
        ? "_"
        : string.Create(name.Length, name, static (characters, source) =>
        {
            for (int i = 0; i < characters.Length; i++)
            {
                char character = source[i];
                characters[i] = char.IsAsciiLetterOrDigit(character) || character is '_' or '-' ? character : '_';
            }
        });
}
