namespace Bridge.Configuration;

/// <summary>The MCP server that Bridge is for other programs.</summary>
public sealed class GatewayOptions
{
    /// <summary>How many sessions of clients are kept at once; more are refused with a time to wait.</summary>
    /// <value>The default is 1,000.</value>
    public int MaxSessions { get; set; } = 1000;

    /// <summary>How long a session without a request or an open stream is kept.</summary>
    /// <value>The default is 30 minutes.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a session is kept whose client broke off what it listened to, as one that is killed does, and is not heard of since; less where room is needed.</summary>
    /// <value>The default is 2 minutes.</value>
    public TimeSpan LostTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many entries one page of a list holds.</summary>
    /// <value>The default is 1,000: many clients read the first page alone.</value>
    public int PageSize { get; set; } = 1000;

    /// <summary>How long a list waits for servers that are not ready; what comes later is told as a change.</summary>
    /// <value>The default is 3 seconds.</value>
    public TimeSpan ListTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many bytes of results are kept that were too large for their clients, all together; 0 for none.</summary>
    /// <value>The default is 64 MiB.</value>
    public int KeptResultBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How long such a result can be read.</summary>
    /// <value>The default is 10 minutes.</value>
    public TimeSpan KeptResultTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a task of a client lasts and its result is kept, from its beginning on.</summary>
    /// <value>The default is 1 hour; a client may ask for less.</value>
    public TimeSpan TaskTtl { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many tasks of one client there are at once, those included whose results are still kept.</summary>
    /// <value>The default is 64.</value>
    public int MaxTasks { get; set; } = 64;

    /// <summary>How clients come to tools, when neither their request nor their entry of <see cref="Clients"/> says.</summary>
    /// <value>The default is <see cref="GatewayMode.All"/>.</value>
    public GatewayMode Mode { get; set; }

    /// <summary>What certain clients see; the first entry that fits a client is for it.</summary>
    public IList<GatewayClientOptions> Clients { get; } = [];
}
