using Bridge.Storage;

namespace Bridge.Host.Doctor;

/// <summary>Whether the data folder can be written, and is the user's alone.</summary>
internal sealed class DataFolderCheck : IDoctorCheck
{
    private const UnixFileMode ReadableByOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([Look(context.Settings.DataFolder)]);

    private static Finding Look(string folder)
    {
        try
        {
            DataFolder.Open(folder);
        }
        catch (DataFolderException error)
        {
            return new Finding("data-folder-unusable", FindingLevel.Error, folder, error.Message, "Correct its permissions, or name another with '--data' or BRIDGE_DATA_DIR.");
        }

        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & ReadableByOthers) != 0
            ? new Finding("data-folder-open", FindingLevel.Warning, folder, "Other users of this machine can look into the data folder, which holds keys.", $"Run: chmod 700 '{folder}'")
            : new Finding("data-folder", FindingLevel.Ok, folder, "The data folder can be written and is the user's alone.");
    }
}
