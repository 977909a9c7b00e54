using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Wire;

/// <summary>The client of the gateway behind a running request: whom a server's progress and questions reach, in the server's own words.</summary>
internal interface IClientPeer
{
    /// <summary>The client; requests of one client have equal ones.</summary>
    object Client { get; }

    /// <summary>Whether the client is being asked for the request already.</summary>
    bool IsAsking { get; }

    /// <summary>Which questions the client takes, as capabilities of 2026-07-28: a tree of the caller's own.</summary>
    JsonObject Capabilities { get; }

    /// <summary>From which level on the client wants log messages; <see langword="null"/> for none.</summary>
    string? LogLevel { get; }

    /// <summary>Hands on progress of the request. Never waits.</summary>
    /// <param name="progress">The parameters of the notification, the peer's to keep; the token is not the client's.</param>
    void Progress(JsonObject progress);

    /// <summary>Hands on what a server says beside. Never waits.</summary>
    /// <param name="notification">The notification; others may hold it too.</param>
    void Notify(JsonRpcNotification notification);

    /// <summary>Asks the client on behalf of a server.</summary>
    /// <param name="question">The server's request.</param>
    /// <param name="name">What the server calls the question; <see langword="null"/> where its revision has no names for them.</param>
    /// <param name="cancellationToken">The server no longer waits.</param>
    /// <returns>The client's answer under the id of the question; an error when the client did not say that it takes such questions.</returns>
    Task<JsonRpcMessage> AskAsync(JsonRpcRequest question, string? name, CancellationToken cancellationToken);
}
