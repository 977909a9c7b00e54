using System.ComponentModel;
using System.Diagnostics;

namespace Bridge.Mcp.Processes;

/// <summary>The best there is without a session of its own: the child and its living descendants, found by their parents.</summary>
internal sealed class ProcessTree(Process root) : IProcessGroup
{
    public void Terminate()
    {
        // There is no gentle way: the end of its input was the request.
    }

    public void Kill()
    {
        try
        {
            root.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // Already gone, or a descendant is not ours to end.
        }
    }

    public void Dispose()
    {
        // The process belongs to who started it.
    }
}
