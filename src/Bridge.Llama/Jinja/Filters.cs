using System.Collections.Frozen;

namespace Bridge.Llama.Jinja;

/// <summary>The filters: what may stand after a bar.</summary>
internal static class Filters
{
    private static readonly FrozenDictionary<string, NativeMethod> s_filters =
        TextFilters.All.Concat(ListFilters.All).Concat(SelectFilters.All).Concat(ValueFilters.All)
            .ToFrozenDictionary(filter => filter.Key, filter => filter.Value, StringComparer.Ordinal);

    /// <summary>The names, sorted.</summary>
    public static IEnumerable<string> Names => s_filters.Keys.Order(StringComparer.Ordinal);

    /// <summary>The filter of a name; <see langword="null"/> where there is none.</summary>
    public static NativeMethod? Find(string name) => s_filters.GetValueOrDefault(name);
}
