namespace Bridge.Models.Hosting;

/// <summary>Where the models file is.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Optional">Whether it may be missing.</param>
internal sealed record ModelsFileLocation(string Path, bool Optional);
