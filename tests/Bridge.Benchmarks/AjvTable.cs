namespace Bridge.Benchmarks;

/// <summary>Prints what was measured.</summary>
internal static class AjvTable
{
    public static void Print(List<AjvCase> cases, int schemas)
    {
        List<AjvCase> differing = [.. cases.Where(entry => !entry.Agrees)];
        Console.WriteLine($"{schemas} schemas, {cases.Count} texts, {cases.Count(entry => entry.IsValid)} of them valid. Nanoseconds per call, medians.");
        Console.WriteLine($"Verdicts that differ: {differing.Count}.");
        foreach (AjvCase entry in differing.Take(5))
        {
            Console.WriteLine($"  {entry.Group}: we say {entry.IsValid} of {entry.Text}");
        }

        Console.WriteLine();
        Console.WriteLine("| schema | bytes | from bytes | Ajv | Ajv/ours | verdict alone | Ajv | Ajv/ours | allocated |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (IGrouping<string, AjvCase> group in cases.GroupBy(entry => entry.Group))
        {
            PrintRow(group.Key, [.. group]);
        }

        foreach (string group in cases.Select(entry => entry.Group).Distinct())
        {
            AjvCase[] slower = [.. cases.Where(entry => entry.Group == group && Median(entry.Bytes) > Median(entry.AjvBytes))];
            if (slower.Length > 0)
            {
                Console.WriteLine($"Slower than Ajv from bytes: {slower.Length} of '{group}', such as {slower[0].Text[..Math.Min(100, slower[0].Text.Length)]}");
            }
        }

        Console.WriteLine();
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }

    private static void PrintRow(string name, AjvCase[] cases)
    {
        double Middle(Func<AjvCase, double> value) => Median(cases.Select(value));
        Console.WriteLine(
            $"| {name} | {Middle(entry => entry.Size):F0} | {Middle(entry => Median(entry.Bytes)):F0} | {Middle(entry => Median(entry.AjvBytes)):F0}"
            + $" | {Middle(entry => Median(entry.AjvBytes) / Median(entry.Bytes)):F2} | {Middle(entry => Median(entry.Verdict)):F0}"
            + $" | {Middle(entry => Median(entry.AjvVerdict)):F0} | {Middle(entry => Median(entry.AjvVerdict) / Median(entry.Verdict)):F2}"
            + $" | {Middle(entry => entry.Allocated):F0} |");
    }
}
