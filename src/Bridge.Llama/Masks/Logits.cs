using System.Runtime.Intrinsics;

namespace Bridge.Llama.Masks;

/// <summary>Sums over what a model says of its tokens.</summary>
internal static class Logits
{
    /// <summary>The logarithm of the sum of the exponentials of all, exact to a float's precision.</summary>
    public static double LogSum(ReadOnlySpan<float> logits)
    {
        float greatest = Greatest(logits);
        Vector256<float> wide = Vector256.Create(greatest);
        double sum = 0;
        int i = 0;
        for (; i <= logits.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            sum += Vector256.Sum(Vector256.Exp(Vector256.Create(logits[i..]) - wide));
        }

        for (; i < logits.Length; i++)
        {
            sum += Math.Exp(logits[i] - greatest);
        }

        return greatest + Math.Log(sum);
    }

    /// <summary>The logarithm of the sum of the exponentials of some.</summary>
    public static double LogSum(ReadOnlySpan<float> logits, ReadOnlySpan<int> tokens)
    {
        float greatest = float.NegativeInfinity;
        foreach (int token in tokens)
        {
            greatest = Math.Max(greatest, logits[token]);
        }

        double sum = 0;
        foreach (int token in tokens)
        {
            sum += Math.Exp(logits[token] - greatest);
        }

        return tokens.IsEmpty ? double.NegativeInfinity : greatest + Math.Log(sum);
    }

    private static float Greatest(ReadOnlySpan<float> logits)
    {
        Vector256<float> most = Vector256.Create(float.NegativeInfinity);
        int i = 0;
        for (; i <= logits.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            most = Vector256.Max(most, Vector256.Create(logits[i..]));
        }

        float greatest = float.NegativeInfinity;
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            greatest = Math.Max(greatest, most[lane]);
        }

        for (; i < logits.Length; i++)
        {
            greatest = Math.Max(greatest, logits[i]);
        }

        return greatest;
    }
}
