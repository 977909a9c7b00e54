namespace Bridge.Configuration;

/// <summary>What certain clients of the gateway see; what is not set is as for everybody.</summary>
public sealed class GatewayClientOptions
{
    /// <summary>Whom it is for: <c>key:ID</c>, <c>user:SUBJECT</c>, <c>local</c>, or a glob over them.</summary>
    /// <value>The default is everybody.</value>
    public string Client { get; set; } = "*";

    /// <summary>How they come to tools, when their request does not say.</summary>
    public GatewayMode? Mode { get; set; }

    /// <summary>The only tools that they see and call, ids or globs over ids; empty for all.</summary>
    public IList<string> Tools { get; } = [];
}
