namespace Bridge.Configuration;

/// <summary>Where models of <c>llama/…</c> run.</summary>
public enum WorkerMode
{
    /// <summary>In worker processes under <c>serve</c>, else in this process, where a file not seen before is first opened in a worker.</summary>
    Auto,

    /// <summary>In worker processes, wherever the program can start them.</summary>
    Always,

    /// <summary>In this process.</summary>
    Never,
}
