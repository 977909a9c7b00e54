namespace Bridge.Mcp.Processes;

/// <summary>A child with everything it started.</summary>
internal interface IProcessGroup : IDisposable
{
    /// <summary>Asks all to end.</summary>
    void Terminate();

    /// <summary>Ends all, at once.</summary>
    void Kill();
}
