using System.Numerics;

namespace Bridge.Vectors;

/// <summary>Sums over vectors.</summary>
internal static class VectorMath
{
    /// <summary>The scalar product.</summary>
    /// <param name="left">A vector.</param>
    /// <param name="right">Another, of the same length.</param>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        Vector<float> sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= left.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum += new Vector<float>(left[i..]) * new Vector<float>(right[i..]);
        }

        float total = Vector.Sum(sum);
        for (; i < left.Length; i++)
        {
            total += left[i] * right[i];
        }

        return total;
    }
}
