namespace Bridge.Tools;

/// <summary>How far a running tool is.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Progress">How much is done, in the tool's own unit; it only grows.</param>
/// <param name="Total">How much there is to do, in the same unit; <see langword="null"/> when unknown.</param>
/// <param name="Message">What the tool says about it.</param>
public sealed record ToolProgress(string CallId, ToolId Tool, double Progress, double? Total, string? Message);
