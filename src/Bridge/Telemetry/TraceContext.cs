using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Bridge.Telemetry;

/// <summary>W3C trace context in the <c>_meta</c> of MCP: <c>traceparent</c> and <c>tracestate</c>, from clients and to servers.</summary>
public static class TraceContext
{
    private const string Parent = "traceparent", State = "tracestate";

    /// <summary>Begins an activity as a part of the client's trace, unless one is running for it already.</summary>
    /// <param name="name">The activity's name.</param>
    /// <param name="meta">What the client sent; <see langword="null"/> for nothing.</param>
    /// <returns>The activity; <see langword="null"/> when nobody traces.</returns>
    public static Activity? Start(string name, JsonObject? meta) =>
        Read(meta) is { } client && client.TraceId != Activity.Current?.TraceId
            ? BridgeTelemetry.Source.StartActivity(name, ActivityKind.Server, client)
            : BridgeTelemetry.Source.StartActivity(name);

    /// <summary>The trace a call belongs to.</summary>
    /// <param name="meta">What the client sent; <see langword="null"/> for nothing.</param>
    /// <returns>Its id: the client's, else that of what runs; <see langword="null"/> when nobody traces.</returns>
    public static string? TraceIdOf(JsonObject? meta) => (Read(meta)?.TraceId ?? Activity.Current?.TraceId)?.ToHexString();

    /// <summary>Says to a server which trace a request belongs to.</summary>
    /// <param name="meta">What is sent with the request. What the client said of a trace stays when Bridge records nothing in it.</param>
    public static void Write(JsonObject meta)
    {
        ArgumentNullException.ThrowIfNull(meta);
        bool isOurs = Activity.Current?.Source == BridgeTelemetry.Source;
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } current || (!isOurs && (meta.ContainsKey(Parent) || !current.Recorded)))
        {
            return; // a web server has an activity for every request, recorded or not
        }

        meta[Parent] = current.Id;
        if (current.TraceStateString is { Length: > 0 } state)
        {
            meta[State] = state;
        }
        else
        {
            meta.Remove(State);
        }
    }

    private static ActivityContext? Read(JsonObject? meta) =>
        Text(meta, Parent) is { } parent && ActivityContext.TryParse(parent, Text(meta, State), isRemote: true, out ActivityContext context) ? context : null;

    private static string? Text(JsonObject? meta, string key) =>
        meta?[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
