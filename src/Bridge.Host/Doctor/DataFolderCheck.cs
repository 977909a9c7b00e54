using Bridge.Configuration;

namespace Bridge.Host.Doctor;

/// <summary>Whether the data folder can be written, and is the user's alone.</summary>
internal sealed class DataFolderCheck : IDoctorCheck
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([Look(context.Settings.DataFolder)]);

    private static Finding Look(string folder)
    {
        try
        {
            DataFolder.Create(folder);
            string probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Finding("data-folder-not-writable", FindingLevel.Error, folder, $"The data folder cannot be written: {error.Message}", "Correct its permissions, or name another with '--data' or BRIDGE_DATA_DIR.");
        }

        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & Others) != 0
            ? new Finding("data-folder-open", FindingLevel.Warning, folder, "Other users of this machine can read the data folder, which holds keys.", $"Run: chmod 700 '{folder}'")
            : new Finding("data-folder", FindingLevel.Ok, folder, "The data folder can be written and is the user's alone.");
    }
}
