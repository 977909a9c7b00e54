namespace Bridge.Configuration;

/// <summary>The section <c>Bridge</c> of <c>appsettings.json</c>, of <c>BRIDGE__…</c> variables and of the command line.</summary>
/// <remarks>Unknown keys are errors.</remarks>
public sealed class BridgeOptions
{
    /// <summary>The name of the section.</summary>
    public const string SectionName = "Bridge";

    /// <summary>The cascade of tool callers: the next is asked when one fails or is not sure enough.</summary>
    /// <value>When empty, <c>embedded</c> alone.</value>
    public IList<string> Callers { get; } = [];

    /// <summary>The model that writes answers.</summary>
    /// <value>The default is <c>template</c>: a plain sentence, no model.</value>
    public string Responder { get; set; } = "template";

    /// <summary>The file of MCP servers, relative to the configuration folder.</summary>
    /// <value>The default is <c>mcp.json</c>; <c>mcp.yaml</c> and <c>mcp.yml</c> are taken when it is not there.</value>
    public string McpFile { get; set; } = "mcp.json";

    /// <summary>The file of model profiles and providers, relative to the configuration folder.</summary>
    /// <value>The default is <c>models.json</c>; <c>models.yaml</c> and <c>models.yml</c> are taken when it is not there.</value>
    public string ModelsFile { get; set; } = "models.json";

    /// <summary>The file of rules that allow and deny calls, relative to the configuration folder.</summary>
    /// <value>The default is <c>policy.json</c>; <c>policy.yaml</c> and <c>policy.yml</c> are taken when it is not there.</value>
    public string PolicyFile { get; set; } = "policy.json";

    /// <summary>How long a command waits for servers to become ready before it goes on without the missing ones.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What one prompt and one call may take.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>When a person is asked.</summary>
    public ApprovalOptions Approval { get; set; } = new();

    /// <summary>What is known of single tools: keys are ids or globs over ids, such as <c>files/read_*</c>.</summary>
    public IDictionary<string, ToolOptions> Tools { get; } = new Dictionary<string, ToolOptions>(StringComparer.Ordinal);

    /// <summary>How calls are recorded.</summary>
    public AuditOptions Audit { get; set; } = new();

    /// <summary>Whether prompts are kept to learn from.</summary>
    public LearningOptions Learning { get; set; } = new();

    /// <summary>The weights of the embedded tool caller and of the ranker.</summary>
    public EmbeddedOptions Embedded { get; set; } = new();

    /// <summary>How tools are picked where not all fit.</summary>
    public ShortlistingOptions Shortlisting { get; set; } = new();

    /// <summary>Where secrets are replaced.</summary>
    public RedactionOptions Redaction { get; set; } = new();

    /// <summary>The HTTP faces.</summary>
    public HttpOptions Http { get; set; } = new();

    /// <summary>The MCP server that Bridge is for other programs.</summary>
    public GatewayOptions Gateway { get; set; } = new();

    /// <summary>Where telemetry goes beside <c>/metrics</c>.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>Models in process.</summary>
    public LlamaOptions Llama { get; set; } = new();
}
