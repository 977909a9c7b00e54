using System.Collections.Immutable;

namespace Bridge.Profiles;

/// <summary>How to treat one model: what <c>config/models.json</c> says of it over what Bridge ships.</summary>
public sealed record ModelProfile
{
    /// <summary>How an unknown model is treated.</summary>
    public static ModelProfile Default { get; } = new();

    /// <summary>A glob over the name behind the provider, such as <c>qwen3:*</c>; the first that matches wins.</summary>
    public string Match { get; init; } = "*";

    /// <summary>How often a call is proposed at the most.</summary>
    /// <value>The default is 3.</value>
    public int Attempts { get; init; } = 3;

    /// <summary>Whether an answer without a call is asked again while attempts last: for models that answer from memory.</summary>
    /// <value>The default is <see langword="false"/>: not calling is an answer.</value>
    public bool RetryNoCall { get; init; }

    /// <summary>The sampling temperature of each attempt; the last holds for all that follow.</summary>
    /// <value>The default is 0, 0.2, 0.5.</value>
    public ImmutableArray<double> Temperatures { get; init; } = [0, 0.2, 0.5];

    /// <summary>How long one attempt may take.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long all attempts may take together.</summary>
    /// <value>The default is 2 minutes.</value>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Consecutive failures of the endpoint that open the circuit; 0 for no circuit breaker.</summary>
    /// <value>The default is 5.</value>
    public int CircuitFailures { get; init; } = 5;

    /// <summary>How long an open circuit refuses before the endpoint is tried again.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan CircuitBreak { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Below this confidence a proposal does not count; <see langword="null"/> accepts all.</summary>
    public double? Threshold { get; init; }

    /// <summary>Below this confidence a call of a tool that may change something does not count; the higher of this and <see cref="Threshold"/> holds.</summary>
    /// <remarks>A tool is taken to change nothing where configuration says so and its server does not say otherwise.</remarks>
    public double? SideEffectThreshold { get; init; }

    /// <summary>The context, in tokens; <see langword="null"/> when unknown (then detected, where the server says).</summary>
    public int? ContextTokens { get; init; }

    /// <summary>Tokens kept free for the model's answer.</summary>
    /// <value>The default is 512.</value>
    public int OutputTokens { get; init; } = 512;

    /// <summary>The most tools the model is shown; <see langword="null"/> for as many as fit.</summary>
    public int? MaxTools { get; init; }

    /// <summary>How tools are put to the model and calls are read back.</summary>
    /// <value>The default is <see cref="ToolFormat.Native"/>.</value>
    public ToolFormat ToolFormat { get; init; }

    /// <summary>How many example calls, made of the tools' schemas, the model is shown where it is told of tools in text.</summary>
    /// <value>The default is 0.</value>
    public int Examples { get; init; }

    /// <summary>Whether the model reads tool-role messages; without, results reach it as a delimited text block.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ToolRole { get; init; } = true;

    /// <summary>Whether to let the model think before it answers; <see langword="null"/> leaves it to the server.</summary>
    public bool? Think { get; init; }

    /// <summary>How long the server keeps the model in memory, in the server's own form (Ollama: <c>5m</c>).</summary>
    public string? KeepAlive { get; init; }

    /// <summary>Whether lossless repairs of arguments are made before an attempt is spent.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Repair { get; init; } = true;

    /// <summary>The model's size on disk in bytes; <see langword="null"/> when unknown.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>The device memory it takes in bytes; <see langword="null"/> when unknown.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Its place in the cost/benefit order of measured tool callers, 1 the best; <see langword="null"/> when not measured.</summary>
    public int? Rank { get; init; }
}

/// <summary>How tools are put to a model.</summary>
public enum ToolFormat
{
    /// <summary>The API's own <c>tools</c>.</summary>
    Native,

    /// <summary>JSON-schema structured output: the model must write one of the calls, or none.</summary>
    JsonSchema,

    /// <summary>Tools as text in the system message, calls as text in the answer.</summary>
    Text,
}
