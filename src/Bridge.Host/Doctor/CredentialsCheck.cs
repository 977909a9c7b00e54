using Bridge.Storage;

namespace Bridge.Host.Doctor;

/// <summary>What protects the kept logins, and whether they can be read.</summary>
internal sealed class CredentialsCheck : IDoctorCheck
{
    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(context, cancellationToken);
        }
        catch (DataFolderException)
        {
            return []; // told of by the check of the data folder
        }
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        DataFolder data = DataFolder.Open(context.Settings.DataFolder);
        using var store = new FileBridgeStore(data, context.Environment.Clock);
        var key = CredentialKey.Of(data, context.Environment.Variable(CredentialKey.Variable));
        var credentials = new CredentialStore(store, key);
        IReadOnlyList<string> names = await credentials.ListAsync(cancellationToken);
        if (names.Count == 0)
        {
            return [];
        }

        try
        {
            foreach (string name in names)
            {
                await credentials.ReadAsync(name, cancellationToken);
            }
        }
        catch (CredentialException error)
        {
            return [new Finding("credentials-unreadable", FindingLevel.Error, data.Path, error.Message, "Give the key it was written with, or log in again with 'bridge servers login NAME'.")];
        }

        return key.HasMasterKey
            ? [new Finding("credentials-master-key", FindingLevel.Ok, data.Path, $"The kept logins are encrypted with '{CredentialKey.Variable}': the data folder alone does not give them away.")]
            :
            [
                new Finding(
                    "credentials-key-file",
                    FindingLevel.Note,
                    Path.Combine(data.Path, CredentialKey.FileName),
                    "The kept logins are encrypted with a key that lies beside them: a copy without it is worth nothing, the whole data folder is.",
                    $"Set '{CredentialKey.Variable}' to keep the key elsewhere, and log in again."),
            ];
    }
}
