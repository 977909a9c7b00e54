namespace Bridge.Llama.Runtimes;

/// <summary>A package of llama.cpp that is in the data folder now.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Path">Its folder.</param>
/// <param name="IsNew">Whether it was installed just now, and was not there before.</param>
public sealed record InstalledPackage(string Name, string Version, string Path, bool IsNew);
