using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Tasks;

/// <summary>How a revision of the protocol writes tasks.</summary>
internal abstract class TaskForm
{
    private static readonly TaskForm s_ofSessions = new SessionTaskForm(), s_stateless = new StatelessTaskForm();

    /// <summary>The form for a client.</summary>
    /// <param name="session">The client.</param>
    public static TaskForm Of(GatewaySession session) => session.Profile?.IsStateless == true ? s_stateless : s_ofSessions;

    /// <summary>The answer to the call that began a task.</summary>
    public abstract JsonObject Created(GatewayTask task);

    /// <summary>How a task stands.</summary>
    public abstract JsonObject State(GatewayTask task);

    /// <summary>The notification that a task has changed.</summary>
    public abstract JsonRpcNotification Notice(GatewayTask task);

    /// <summary>Whether a task has failed whose call answered like this.</summary>
    protected abstract bool IsFailure(JsonRpcMessage answer);

    /// <summary>What both forms say of a task.</summary>
    protected static JsonObject Write(GatewayTask task, string status, string ttl, string interval)
    {
        var written = new JsonObject { ["taskId"] = task.Id, ["status"] = status };
        if (task.Message is { } message)
        {
            written["statusMessage"] = message;
        }

        written["createdAt"] = Text(task.CreatedAt);
        written["lastUpdatedAt"] = Text(task.UpdatedAt);
        written[ttl] = (long)task.Limit.TotalMilliseconds;
        written[interval] = (long)task.Interval.TotalMilliseconds;
        return written;
    }

    /// <summary>Its status.</summary>
    protected string StatusOf(GatewayTask task) =>
        task.IsCancelled ? TaskWords.Cancelled
        : task.Answer is { } answer ? IsFailure(answer) ? TaskWords.Failed : TaskWords.Completed
        : task.Questions.IsEmpty ? TaskWords.Working : TaskWords.InputRequired;

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
