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

    /// <summary>The HTTP faces.</summary>
    public HttpOptions Http { get; set; } = new();

    /// <summary>Where telemetry goes beside <c>/metrics</c>.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();
}

/// <summary>What one prompt and one call may take.</summary>
public sealed class LimitOptions
{
    /// <summary>The most calls for one prompt.</summary>
    /// <value>The default is 8.</value>
    public int MaxCalls { get; set; } = 8;

    /// <summary>How long one prompt may take, proposing and calling together.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan PromptTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one call may take.</summary>
    /// <value>The default is 1 minute.</value>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many calls run at once for one source.</summary>
    /// <value>The default is 16.</value>
    public int ConcurrentCallsPerSource { get; set; } = 16;

    /// <summary>How deep calls may be nested.</summary>
    /// <value>The default is 4.</value>
    public int MaxDepth { get; set; } = 4;

    /// <summary>The largest arguments of a call, in bytes of JSON.</summary>
    /// <value>The default is 1 MiB.</value>
    public int MaxArgumentBytes { get; set; } = 1024 * 1024;

    /// <summary>The most of one result that reaches the prompt, in bytes; the rest is cut with a marker that says so.</summary>
    /// <value>The default is 256 KiB.</value>
    public int MaxResultBytes { get; set; } = 256 * 1024;
}

/// <summary>When a person is asked before a tool runs.</summary>
public sealed class ApprovalOptions
{
    /// <summary>What happens to tools about which their server says nothing.</summary>
    /// <value>The default is <see cref="ApprovalRule.Run"/>.</value>
    public ApprovalRule Unannotated { get; set; } = ApprovalRule.Run;

    /// <summary>What happens to tools that their server calls destructive.</summary>
    /// <value>The default is <see cref="ApprovalRule.Ask"/>.</value>
    public ApprovalRule Destructive { get; set; } = ApprovalRule.Ask;

    /// <summary>How long a person has to answer; no answer is a refusal.</summary>
    /// <value>The default is 2 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);
}

/// <summary>Whether a person is asked.</summary>
public enum ApprovalRule
{
    /// <summary>The tool runs.</summary>
    Run,

    /// <summary>A person is asked.</summary>
    Ask,
}

/// <summary>What configuration says of a tool; what is not set is as everywhere.</summary>
public sealed class ToolOptions
{
    /// <summary>The tool changes nothing: calls of it run together.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>Calls of the tool may run beside others even though it changes something.</summary>
    public bool? Parallel { get; set; }

    /// <summary>Calling again with the same arguments changes nothing more.</summary>
    public bool? Idempotent { get; set; }

    /// <summary>Whether a person is asked first.</summary>
    public ApprovalRule? Approval { get; set; }

    /// <summary>The tool must not be called at all.</summary>
    public bool? Deny { get; set; }

    /// <summary>Whether lossless repairs of its arguments are made.</summary>
    public bool? Repair { get; set; }

    /// <summary>How long one call may take.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>The most of one result that reaches the prompt, in bytes.</summary>
    public int? MaxResultBytes { get; set; }
}

/// <summary>How calls are recorded.</summary>
public sealed class AuditOptions
{
    /// <summary>Whether each record is forced to the disk: survives a power cut, costs milliseconds a call.</summary>
    /// <value>The default is <see langword="false"/>: a record survives the death of the process, not of the machine.</value>
    public bool Fsync { get; set; }
}

/// <summary>The HTTP faces.</summary>
public sealed class HttpOptions
{
    /// <summary>Where to listen.</summary>
    /// <value>The default is <c>http://127.0.0.1:8787</c>.</value>
    public string Url { get; set; } = "http://127.0.0.1:8787";

    /// <summary>Host names besides loopback that clients may use.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Origins of web pages that may call; none by default.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>The largest body of a request, in bytes.</summary>
    /// <value>The default is 10 MiB.</value>
    public long MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>How many prompts are worked on at once; more are answered 503 with a time to wait.</summary>
    /// <value>The default is 100.</value>
    public int ConcurrentPrompts { get; set; } = 100;

    /// <summary>The certificate for HTTPS, a PFX or PEM file.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The key of a PEM certificate.</summary>
    public string? CertificateKeyFile { get; set; }
}

/// <summary>Where telemetry goes beside <c>/metrics</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The OTLP endpoint, such as <c>http://127.0.0.1:4317</c>; <see langword="null"/> for none.</summary>
    public string? OtlpEndpoint { get; set; }
}
