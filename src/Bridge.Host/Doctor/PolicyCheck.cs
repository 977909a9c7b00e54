using Bridge.Policy;

namespace Bridge.Host.Doctor;

/// <summary>The file of rules.</summary>
internal sealed class PolicyCheck : IDoctorCheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>(File.Exists(context.Settings.PolicyFile) ? Examine(context.Settings.PolicyFile) : []);

    private static Finding[] Examine(string file)
    {
        PolicyFileResult read = PolicyFile.Read(file);
        return read.Problems.IsEmpty
            ? [new("policy", FindingLevel.Ok, file, $"{read.RuleCount} rules are in force.")]
            : [.. read.Problems.Select(problem => new Finding(problem.Code, FindingLevel.Error, problem.Location, problem.Message, problem.Cure))];
    }
}
