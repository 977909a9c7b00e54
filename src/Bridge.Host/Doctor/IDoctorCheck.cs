namespace Bridge.Host.Doctor;

/// <summary>Looks at one part of an installation.</summary>
internal interface IDoctorCheck
{
    /// <summary>Looks, and changes nothing.</summary>
    /// <param name="context">What is looked at.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The findings.</returns>
    Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken);
}
