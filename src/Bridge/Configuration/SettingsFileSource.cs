using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;

namespace Bridge.Configuration;

/// <summary>A settings file as configuration that is read anew when its content changes; what cannot be read leaves the last good content in force.</summary>
/// <param name="path">The file; it need not exist.</param>
/// <param name="follow">Whether changes are followed.</param>
/// <param name="refused">Hears of changed content that cannot be used.</param>
/// <param name="time">The clock.</param>
public sealed class SettingsFileSource(
    string path, bool follow, Action<ImmutableArray<ConfigProblem>> refused, TimeProvider time) : IConfigurationSource
{
    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new SettingsFileProvider(path, follow, refused, time);
}
