namespace Bridge.Host.Doctor;

/// <summary>The configuration folder, how it was found, and the settings in it.</summary>
internal sealed class SettingsCheck : IDoctorCheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        List<Finding> findings =
        [
            new("configuration-folder", FindingLevel.Ok, "configuration", $"Taken from {context.Settings.Folder.Describe()}."),
            .. context.Problems.Select(problem => new Finding(problem.Code, FindingLevel.Error, problem.Location, problem.Message, problem.Cure)),
        ];
        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }
}
