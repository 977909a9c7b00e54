namespace Bridge.Host.Doctor;

/// <summary>Every check, in the order a person reads them.</summary>
internal static class DoctorChecks
{
    public static IReadOnlyList<IDoctorCheck> All { get; } =
    [
        new SettingsCheck(),
        new TrustCheck(),
        new DataFolderCheck(),
        new CredentialsCheck(),
        new ServersCheck(),
        new PolicyCheck(),
        new ModelsCheck(),
        new EngineCheck(),
    ];
}
