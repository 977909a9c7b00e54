using Bridge.Configuration;

namespace Bridge.Host.Output;

/// <summary>Problems of the configuration, for people.</summary>
internal static class ProblemText
{
    public static void Write(TextWriter writer, IReadOnlyCollection<ConfigProblem> problems)
    {
        writer.WriteLine(problems.Count == 1 ? "The configuration cannot be used:" : $"The configuration cannot be used; {problems.Count} problems:");
        foreach (ConfigProblem problem in problems)
        {
            writer.WriteLine($"  {problem.Location}");
            writer.WriteLine($"    {problem.Message} {problem.Cure}");
        }
    }
}
