using Microsoft.Extensions.Logging;

namespace Bridge.Llama.Workers;

internal static partial class WorkerLog
{
    [LoggerMessage(EventId = 5000, EventName = "WorkerStarted", Level = LogLevel.Debug, Message = "The model '{Model}' runs in worker process {ProcessId}.")]
    public static partial void Started(ILogger logger, string model, int processId);

    [LoggerMessage(EventId = 5001, EventName = "WorkerDied", Level = LogLevel.Error, Message = "{What}")]
    public static partial void Died(ILogger logger, string what);

    [LoggerMessage(EventId = 5002, EventName = "WorkerStandardError", Level = LogLevel.Debug, Message = "{Model}: {Line}")]
    public static partial void StandardError(ILogger logger, string model, string line);

    [LoggerMessage(EventId = 5003, EventName = "WorkerStopped", Level = LogLevel.Debug, Message = "The worker process of '{Model}' was stopped: nobody used it.")]
    public static partial void Idle(ILogger logger, string model);

    [LoggerMessage(EventId = 5004, EventName = "ModelChecked", Level = LogLevel.Debug, Message = "The file '{Path}' was opened in a worker process first, since it had not been seen before.")]
    public static partial void Checked(ILogger logger, string path);
}
