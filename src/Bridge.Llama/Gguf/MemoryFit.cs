using System.Globalization;

namespace Bridge.Llama.Gguf;

/// <summary>Whether a model runs in the memory there is.</summary>
/// <param name="Fits">Whether it does.</param>
/// <param name="Sentence">What it takes, and what would fit where it does not.</param>
public sealed record MemoryFit(bool Fits, string Sentence)
{
    private const int ShortestContext = 2048;

    // Bits a weight takes on average in files of these names.
    private static readonly (string Name, double Bits)[] s_quantisations =
    [
        ("Q8_0", 8.5), ("Q6_K", 6.6), ("Q5_K_M", 5.7), ("Q4_K_M", 4.9), ("Q3_K_M", 3.9), ("Q2_K", 3.2),
    ];

    /// <summary>Compares.</summary>
    /// <param name="facts">The model.</param>
    /// <param name="plan">How it shall run.</param>
    /// <param name="available">The bytes there are.</param>
    public static MemoryFit Of(ModelFacts facts, MemoryPlan plan, long available)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(plan);
        MemoryEstimate need = MemoryEstimate.Of(facts, plan);
        string takes = $"With a context of {Number(plan.Context)} tokens it takes about {ByteSize.Text(need.Total)}, and {ByteSize.Text(available)} are free";
        return need.Total <= available
            ? new MemoryFit(true, $"{takes}.")
            : new MemoryFit(false, $"{takes}: {Remedy(facts, plan, available)}");
    }

    private static string Remedy(ModelFacts facts, MemoryPlan plan, long available)
    {
        if (LongestContext(facts, plan, available) is { } context)
        {
            return $"a context of {Number(context)} tokens fits.";
        }

        MemoryPlan smallest = plan with { Context = Math.Min(ShortestContext, plan.Context), CacheType = TensorType.Q8 };
        MemoryEstimate rest = MemoryEstimate.Of(facts, smallest);
        if (rest.Total <= available)
        {
            return $"a context of {Number(smallest.Context)} tokens with a cache of {smallest.CacheType.Name} fits.";
        }

        long room = available - rest.Cache - rest.Compute;
        double current = facts.WeightBytes * 8.0 / facts.Parameters;
        (string Name, double Bits) smaller = s_quantisations.FirstOrDefault(type => type.Bits < current && facts.Parameters * type.Bits / 8 <= room);
        return smaller.Name is { } name
            ? $"the same model as {name} (about {ByteSize.Text((long)(facts.Parameters * smaller.Bits / 8))} of weights) fits with a context of {Number(smallest.Context)} tokens."
            : "no shorter context and no smaller quantisation of it fits; a smaller model is needed.";
    }

    // Halves as long as the context is worth having.
    private static int? LongestContext(ModelFacts facts, MemoryPlan plan, long available)
    {
        for (int context = plan.Context / 2; context >= ShortestContext; context /= 2)
        {
            if (MemoryEstimate.Of(facts, plan with { Context = context }).Total <= available)
            {
                return context;
            }
        }

        return null;
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
