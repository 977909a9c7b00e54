using System.Globalization;

namespace Bridge.Llama.Gguf;

/// <summary>The key-values of a file, with the checks every use of them needs.</summary>
/// <param name="values">The values by key.</param>
public sealed class GgufMetadata(IReadOnlyDictionary<string, object> values)
{
    /// <summary>The keys.</summary>
    public IEnumerable<string> Keys => values.Keys;

    /// <summary>Whether there is a key.</summary>
    /// <param name="key">The key.</param>
    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>A text.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The text; <see langword="null"/> where the key is absent.</returns>
    /// <exception cref="GgufException">It is something else.</exception>
    public string? Text(string key) => Find(key) switch
    {
        null => null,
        string text => text,
        object other => throw Wrong(key, "a text", other),
    };

    /// <summary>A whole number that is not negative.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The number; <see langword="null"/> where the key is absent.</returns>
    /// <exception cref="GgufException">It is something else, or larger than <see cref="int.MaxValue"/>.</exception>
    public int? Count(string key) => Find(key) switch
    {
        null => null,
        long number and >= 0 and <= int.MaxValue => (int)number,
        object other => throw Wrong(key, $"a whole number from 0 to {int.MaxValue}", other),
    };

    /// <summary>A number of any type.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The number; <see langword="null"/> where the key is absent.</returns>
    /// <exception cref="GgufException">It is something else.</exception>
    public double? Number(string key) => Find(key) switch
    {
        null => null,
        long number => number,
        double number => number,
        object other => throw Wrong(key, "a number", other),
    };

    /// <summary>A truth value.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value; <see langword="null"/> where the key is absent.</returns>
    /// <exception cref="GgufException">It is something else.</exception>
    public bool? Flag(string key) => Find(key) switch
    {
        null => null,
        bool flag => flag,
        object other => throw Wrong(key, "true or false", other),
    };

    /// <summary>A list.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The list; <see langword="null"/> where the key is absent.</returns>
    /// <exception cref="GgufException">It is something else.</exception>
    public GgufArray? Array(string key) => Find(key) switch
    {
        null => null,
        GgufArray array => array,
        object other => throw Wrong(key, "a list", other),
    };

    /// <summary>A number for every layer, which some files write once and others per layer.</summary>
    /// <param name="key">The key.</param>
    /// <param name="layers">How many layers there are.</param>
    /// <returns>One number per layer; <see langword="null"/> where the key is absent.</returns>
    /// <exception cref="GgufException">It is something else, or a list of another length.</exception>
    public IReadOnlyList<int>? PerLayer(string key, int layers)
    {
        if (Find(key) is not GgufArray array)
        {
            return Count(key) is { } once ? [.. Enumerable.Repeat(once, layers)] : null;
        }

        bool sound = array.Integers.Count >= layers && array.Integers.All(number => number is >= 0 and <= int.MaxValue);
        return sound
            ? [.. array.Integers.Take(layers).Select(number => (int)number)]
            : throw Wrong(key, $"one count or a list of {layers} counts", array);
    }

    private object? Find(string key) => values.GetValueOrDefault(key);

    private static GgufException Wrong(string key, string expected, object found)
    {
        string text = found switch
        {
            GgufArray array => $"a list of {array.Count} {array.ElementType}",
            string value => value.Length > 40 ? $"'{value[..40]}…'" : $"'{value}'",
            _ => Convert.ToString(found, CultureInfo.InvariantCulture) ?? "",
        };
        return new GgufException($"The metadata '{key}' must be {expected}, and is {text}.");
    }
}
