using Bridge.Configuration;
using Bridge.Host.Composition;

namespace Bridge.Host.Doctor;

/// <summary>Whether a configuration found in the current folder was accepted.</summary>
internal sealed class TrustCheck : IDoctorCheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        string folder = context.Settings.Folder.Path;
        Finding? finding = new TrustGate(context.Environment).Judge(context.Settings) switch
        {
            TrustVerdict.Unknown => new("untrusted-folder", FindingLevel.Error, folder, "The folder was found through the current one and is not trusted; nothing of it is started.", "Look at it, then run 'bridge trust'."),
            TrustVerdict.Changed => new("untrusted-folder", FindingLevel.Error, folder, "The folder's content changed since it was trusted; nothing of it is started.", "Look at it, then run 'bridge trust'."),
            TrustVerdict.Accepted => new("trusted-folder", FindingLevel.Ok, folder, "Its content is trusted."),
            TrustVerdict.ShippedSample => new("trusted-folder", FindingLevel.Ok, folder, "It is the sample that Bridge ships."),
            _ => null,
        };
        return Task.FromResult<IReadOnlyList<Finding>>(finding is null ? [] : [finding]);
    }
}
