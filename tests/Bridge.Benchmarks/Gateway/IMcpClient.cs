namespace Bridge.Benchmarks.Gateway;

/// <summary>A client that has one call in flight at a time, and costs as little as it can.</summary>
internal interface IMcpClient : IDisposable
{
    /// <summary>Opens the session.</summary>
    Task OpenAsync();

    /// <summary>Calls the tool <c>echo</c> and checks that the answer is its own.</summary>
    /// <param name="tool">The tool's name here.</param>
    /// <param name="number">A number that the answer must hold.</param>
    Task CallAsync(string tool, int number);
}
