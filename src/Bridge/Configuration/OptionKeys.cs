namespace Bridge.Configuration;

/// <summary>Every setting of the section. A test holds that none of the options is missing.</summary>
internal static class OptionKeys
{
    /// <summary>The section of settings of single tools.</summary>
    public const string Tools = "Tools";

    /// <summary>The list of patterns of secrets; each must be a regular expression.</summary>
    public const string RedactionPatterns = "Redaction:Patterns";

    /// <summary>The list of what certain clients of the gateway see.</summary>
    public const string GatewayClients = "Gateway:Clients";

    /// <summary>The settings of one value.</summary>
    public static IReadOnlyList<OptionKey<BridgeOptions>> Single { get; } =
    [
        OptionKey<BridgeOptions>.Text("Responder", (options, value) => options.Responder = value),
        OptionKey<BridgeOptions>.Text("McpFile", (options, value) => options.McpFile = value),
        OptionKey<BridgeOptions>.Text("ModelsFile", (options, value) => options.ModelsFile = value),
        OptionKey<BridgeOptions>.Text("PolicyFile", (options, value) => options.PolicyFile = value),
        OptionKey<BridgeOptions>.Time("StartTimeout", (options, value) => options.StartTimeout = value),
        OptionKey<BridgeOptions>.Number("Limits:MaxCalls", 1, (options, value) => options.Limits.MaxCalls = value),
        OptionKey<BridgeOptions>.Time("Limits:PromptTimeout", (options, value) => options.Limits.PromptTimeout = value),
        OptionKey<BridgeOptions>.Time("Limits:CallTimeout", (options, value) => options.Limits.CallTimeout = value),
        OptionKey<BridgeOptions>.Number("Limits:ConcurrentCallsPerSource", 1, (options, value) => options.Limits.ConcurrentCallsPerSource = value),
        OptionKey<BridgeOptions>.Number("Limits:ConcurrentCallsPerClient", 0, (options, value) => options.Limits.ConcurrentCallsPerClient = value),
        OptionKey<BridgeOptions>.Number("Limits:CallsPerMinutePerClient", 0, (options, value) => options.Limits.CallsPerMinutePerClient = value),
        OptionKey<BridgeOptions>.Number("Limits:MaxDepth", 1, (options, value) => options.Limits.MaxDepth = value),
        OptionKey<BridgeOptions>.Number("Limits:MaxArgumentBytes", 2, (options, value) => options.Limits.MaxArgumentBytes = value),
        OptionKey<BridgeOptions>.Number("Limits:MaxResultBytes", 1, (options, value) => options.Limits.MaxResultBytes = value),
        OptionKey<BridgeOptions>.Number("Limits:MaxGatewayResultBytes", 1, (options, value) => options.Limits.MaxGatewayResultBytes = value),
        OptionKey<BridgeOptions>.Choice<ApprovalRule>("Approval:Unannotated", (options, value) => options.Approval.Unannotated = value),
        OptionKey<BridgeOptions>.Choice<ApprovalRule>("Approval:Destructive", (options, value) => options.Approval.Destructive = value),
        OptionKey<BridgeOptions>.Time("Approval:Timeout", (options, value) => options.Approval.Timeout = value),
        OptionKey<BridgeOptions>.Flag("Audit:Fsync", (options, value) => options.Audit.Fsync = value),
        OptionKey<BridgeOptions>.Text("Embedded:Weights", (options, value) => options.Embedded.Weights = value),
        OptionKey<BridgeOptions>.Text("Embedded:Ranker", (options, value) => options.Embedded.Ranker = value),
        OptionKey<BridgeOptions>.Flag("Learning:Record", (options, value) => options.Learning.Record = value),
        OptionKey<BridgeOptions>.Large("Learning:MaxBytes", 1024 * 1024, (options, value) => options.Learning.MaxBytes = value),
        OptionKey<BridgeOptions>.Text("Shortlisting:Embeddings", (options, value) => options.Shortlisting.Embeddings = value),
        OptionKey<BridgeOptions>.Time("Shortlisting:EmbeddingTimeout", (options, value) => options.Shortlisting.EmbeddingTimeout = value),
        OptionKey<BridgeOptions>.Flag("Shortlisting:Experience", (options, value) => options.Shortlisting.Experience = value),
        OptionKey<BridgeOptions>.Flag("Redaction:Results", (options, value) => options.Redaction.Results = value),
        OptionKey<BridgeOptions>.Address("Http:Url", (options, value) => options.Http.Url = value),
        OptionKey<BridgeOptions>.Large("Http:MaxBodyBytes", 1, (options, value) => options.Http.MaxBodyBytes = value),
        OptionKey<BridgeOptions>.Number("Http:ConcurrentPrompts", 1, (options, value) => options.Http.ConcurrentPrompts = value),
        OptionKey<BridgeOptions>.Number("Http:RequestsPerMinutePerClient", 0, (options, value) => options.Http.RequestsPerMinutePerClient = value),
        OptionKey<BridgeOptions>.Text("Http:CertificateFile", (options, value) => options.Http.CertificateFile = value),
        OptionKey<BridgeOptions>.Text("Http:CertificateKeyFile", (options, value) => options.Http.CertificateKeyFile = value),
        OptionKey<BridgeOptions>.Text("Http:Tokens:Issuer", (options, value) => options.Http.Tokens.Issuer = value),
        OptionKey<BridgeOptions>.Text("Http:Tokens:Audience", (options, value) => options.Http.Tokens.Audience = value),
        OptionKey<BridgeOptions>.Text("Http:Tokens:Keys", (options, value) => options.Http.Tokens.Keys = value),
        OptionKey<BridgeOptions>.Text("Http:Tokens:KeysFile", (options, value) => options.Http.Tokens.KeysFile = value),
        OptionKey<BridgeOptions>.Address("Http:Tokens:KeysUrl", (options, value) => options.Http.Tokens.KeysUrl = value),
        OptionKey<BridgeOptions>.Text("Http:Tokens:ScopePrefix", (options, value) => options.Http.Tokens.ScopePrefix = value),
        OptionKey<BridgeOptions>.Time("Http:Tokens:ClockSkew", (options, value) => options.Http.Tokens.ClockSkew = value),
        OptionKey<BridgeOptions>.Number("Gateway:MaxSessions", 1, (options, value) => options.Gateway.MaxSessions = value),
        OptionKey<BridgeOptions>.Time("Gateway:IdleTimeout", (options, value) => options.Gateway.IdleTimeout = value),
        OptionKey<BridgeOptions>.Time("Gateway:LostTimeout", (options, value) => options.Gateway.LostTimeout = value),
        OptionKey<BridgeOptions>.Number("Gateway:PageSize", 1, (options, value) => options.Gateway.PageSize = value),
        OptionKey<BridgeOptions>.Time("Gateway:ListTimeout", (options, value) => options.Gateway.ListTimeout = value),
        OptionKey<BridgeOptions>.Number("Gateway:KeptResultBytes", 0, (options, value) => options.Gateway.KeptResultBytes = value),
        OptionKey<BridgeOptions>.Time("Gateway:KeptResultTime", (options, value) => options.Gateway.KeptResultTime = value),
        OptionKey<BridgeOptions>.Time("Gateway:TaskTtl", (options, value) => options.Gateway.TaskTtl = value),
        OptionKey<BridgeOptions>.Number("Gateway:MaxTasks", 0, (options, value) => options.Gateway.MaxTasks = value),
        OptionKey<BridgeOptions>.Choice<GatewayMode>("Gateway:Mode", (options, value) => options.Gateway.Mode = value),
        OptionKey<BridgeOptions>.Address("Telemetry:OtlpEndpoint", (options, value) => options.Telemetry.OtlpEndpoint = value),
        OptionKey<BridgeOptions>.Text("Llama:Runtime", (options, value) => options.Llama.Runtime = value),
        OptionKey<BridgeOptions>.Number("Llama:GpuLayers", -1, (options, value) => options.Llama.GpuLayers = value),
        OptionKey<BridgeOptions>.Number("Llama:ContextTokens", 512, (options, value) => options.Llama.ContextTokens = value),
        OptionKey<BridgeOptions>.Number("Llama:Sequences", 1, (options, value) => options.Llama.Sequences = value),
        OptionKey<BridgeOptions>.Number("Llama:QueueLength", 0, (options, value) => options.Llama.QueueLength = value),
        OptionKey<BridgeOptions>.Number("Llama:Threads", 0, (options, value) => options.Llama.Threads = value),
        OptionKey<BridgeOptions>.Large("Llama:PrefixFileBytes", 0, (options, value) => options.Llama.PrefixFileBytes = value),
        OptionKey<BridgeOptions>.Time("Llama:IdleUnload", (options, value) => options.Llama.IdleUnload = value),
        OptionKey<BridgeOptions>.Choice<WorkerMode>("Llama:Worker", (options, value) => options.Llama.Worker = value),
        OptionKey<BridgeOptions>.Time("Llama:WorkerPatience", (options, value) => options.Llama.WorkerPatience = value),
    ];

    /// <summary>The settings that are lists; one text with commas is a list too, so that a variable can hold it.</summary>
    public static IReadOnlyDictionary<string, Func<BridgeOptions, IList<string>>> Lists { get; } =
        new Dictionary<string, Func<BridgeOptions, IList<string>>>(StringComparer.OrdinalIgnoreCase)
        {
            ["Callers"] = options => options.Callers,
            [RedactionPatterns] = options => options.Redaction.Patterns,
            ["Http:AllowedHosts"] = options => options.Http.AllowedHosts,
            ["Http:AllowedOrigins"] = options => options.Http.AllowedOrigins,
        };

    /// <summary>The settings of one tool.</summary>
    public static IReadOnlyList<OptionKey<ToolOptions>> OfTool { get; } =
    [
        OptionKey<ToolOptions>.Flag("ReadOnly", (options, value) => options.ReadOnly = value),
        OptionKey<ToolOptions>.Flag("Parallel", (options, value) => options.Parallel = value),
        OptionKey<ToolOptions>.Flag("Idempotent", (options, value) => options.Idempotent = value),
        OptionKey<ToolOptions>.Choice<ApprovalRule>("Approval", (options, value) => options.Approval = value),
        OptionKey<ToolOptions>.Flag("Deny", (options, value) => options.Deny = value),
        OptionKey<ToolOptions>.Flag("Repair", (options, value) => options.Repair = value),
        OptionKey<ToolOptions>.Time("Timeout", (options, value) => options.Timeout = value),
        OptionKey<ToolOptions>.Number("ConcurrentCalls", 1, (options, value) => options.ConcurrentCalls = value),
        OptionKey<ToolOptions>.Number("CallsPerMinute", 1, (options, value) => options.CallsPerMinute = value),
        OptionKey<ToolOptions>.Number("MaxResultBytes", 1, (options, value) => options.MaxResultBytes = value),
    ];

    /// <summary>The settings of certain clients of the gateway, its list of tools aside.</summary>
    public static IReadOnlyList<OptionKey<GatewayClientOptions>> OfGatewayClient { get; } =
    [
        OptionKey<GatewayClientOptions>.Text("Client", (options, value) => options.Client = value),
        OptionKey<GatewayClientOptions>.Choice<GatewayMode>("Mode", (options, value) => options.Mode = value),
    ];

    /// <summary>The names that may stand directly below a section.</summary>
    /// <param name="section">The path of the section; empty for the root.</param>
    /// <returns>The names, each once.</returns>
    public static IEnumerable<string> NamesBelow(string section)
    {
        string prefix = section.Length == 0 ? "" : section + ":";
        return Single.Select(key => key.Path).Concat(Lists.Keys).Append(Tools).Append(GatewayClients)
            .Where(path => path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(path => path[prefix.Length..].Split(':')[0])
            .Distinct(StringComparer.OrdinalIgnoreCase);
    }
}
