namespace Bridge.Configuration;

/// <summary>How clients of the gateway come to tools.</summary>
public enum GatewayMode
{
    /// <summary>Every tool is listed with its definition.</summary>
    All,

    /// <summary>Three tools are listed: one finds tools, one describes one, one calls one.</summary>
    Search,

    /// <summary>One tool is listed: it takes a request in words, and the tool caller picks the tool and fills in its arguments.</summary>
    Router,
}
