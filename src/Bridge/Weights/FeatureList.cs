using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bridge.Weights;

/// <summary>Collects the features of one thing; made once and used for many.</summary>
/// <typeparam name="TSign">The signs that are told apart: what a feature says, beside its numbers.</typeparam>
internal sealed class FeatureList<TSign>
    where TSign : struct, Enum
{
    private readonly List<uint> _features = new(64);

    /// <summary>The features.</summary>
    public ReadOnlySpan<uint> Span => CollectionsMarshal.AsSpan(_features);

    /// <summary>Forgets all.</summary>
    public void Clear() => _features.Clear();

    /// <summary>Adds a feature.</summary>
    public void Add(TSign sign, uint value) => _features.Add(FeatureHash.Of(NumberOf(sign), value));

    /// <summary>Adds a feature: two things hold together.</summary>
    public void Add(TSign sign, uint first, uint second) => Add(sign, FeatureHash.Of(first, second));

    /// <summary>Adds a feature: three things hold together.</summary>
    public void Add(TSign sign, uint first, uint second, uint third) => Add(sign, FeatureHash.Of(FeatureHash.Of(first, second), third));

    /// <summary>Adds a feature: four things hold together.</summary>
    public void Add(TSign sign, uint first, uint second, uint third, uint fourth) =>
        Add(sign, FeatureHash.Of(FeatureHash.Of(first, second), FeatureHash.Of(third, fourth)));

    private static uint NumberOf(TSign sign) => (uint)Unsafe.BitCast<TSign, int>(sign);
}
