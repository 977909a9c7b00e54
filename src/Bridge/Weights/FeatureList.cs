using System.Runtime.CompilerServices;

namespace Bridge.Weights;

/// <summary>Collects the features of one thing; made once and used for many.</summary>
/// <typeparam name="TSign">The signs that are told apart: what a feature says, beside its numbers.</typeparam>
internal sealed class FeatureList<TSign>
    where TSign : struct, Enum
{
    private uint[] _features = new uint[128];
    private int _count;

    /// <summary>The features.</summary>
    public ReadOnlySpan<uint> Span => _features.AsSpan(0, _count);

    /// <summary>Forgets all.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a feature.</summary>
    public void Add(TSign sign, uint value)
    {
        if (_count == _features.Length)
        {
            Array.Resize(ref _features, 2 * _count);
        }

        _features[_count++] = FeatureHash.Of(NumberOf(sign), value);
    }

    /// <summary>Adds a feature: two things hold together.</summary>
    public void Add(TSign sign, uint first, uint second) => Add(sign, FeatureHash.Of(first, second));

    /// <summary>Adds a feature: three things hold together.</summary>
    public void Add(TSign sign, uint first, uint second, uint third) => Add(sign, FeatureHash.Of(FeatureHash.Of(first, second), third));

    /// <summary>Adds a feature: four things hold together.</summary>
    public void Add(TSign sign, uint first, uint second, uint third, uint fourth) =>
        Add(sign, FeatureHash.Of(FeatureHash.Of(first, second), FeatureHash.Of(third, fourth)));

    private static uint NumberOf(TSign sign) => (uint)Unsafe.BitCast<TSign, int>(sign);
}
