using Bridge.Tools;

namespace Bridge.Pipeline;

/// <summary>Gives a tool's progress to the listener of the prompt and to who else asked for it.</summary>
internal sealed class ProgressForwarder(Action<BridgeEvent> listener, IProgress<ToolProgress>? next) : IProgress<ToolProgress>
{
    public void Report(ToolProgress value)
    {
        listener(new CallProgressed(value));
        next?.Report(value);
    }
}
