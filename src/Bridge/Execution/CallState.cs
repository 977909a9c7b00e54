using System.Collections.Immutable;
using System.Globalization;
using Bridge.Audit;
using Bridge.Outcomes;
using Bridge.Policy;
using Bridge.Tools;

namespace Bridge.Execution;

/// <summary>One call on its way through the stages.</summary>
internal sealed class CallState
{
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private string? _argumentsHash;

    /// <summary>Begins a call.</summary>
    /// <param name="request">The call at the door.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="rules">The rules of this moment; the call keeps them.</param>
    /// <param name="clock">Measures the call.</param>
    public CallState(CallRequest request, CallContext context, RulesSnapshot rules, TimeProvider clock)
    {
        _clock = clock;
        _startedAt = clock.GetTimestamp();
        Request = request;
        Context = context;
        Rules = rules;
        Rule = rules.Tools.For(request.Entry.Tool);
        Call = new ToolCall(request.Id, request.Entry.Tool, request.Arguments);
        Repairs = request.Repairs;
        ExecutionId = NewId(clock.GetUtcNow());
    }

    /// <summary>The call as it came.</summary>
    public CallRequest Request { get; }

    /// <summary>On whose behalf.</summary>
    public CallContext Context { get; set; }

    /// <summary>The rules the call began with.</summary>
    public RulesSnapshot Rules { get; }

    /// <summary>What configuration says of the tool.</summary>
    public ToolRule Rule { get; }

    /// <summary>The execution's id, unique everywhere: the audit's key and the correlation id of faults.</summary>
    public string ExecutionId { get; }

    /// <summary>The call; its bytes are those that came until a repair replaces them.</summary>
    public ToolCall Call { get; private set; }

    /// <summary>What was repaired, a sentence each.</summary>
    public ImmutableArray<string> Repairs { get; private set; }

    /// <summary>What was to be recorded of the call's start; <see langword="null"/> before it was tried.</summary>
    public AuditRecord? Started { get; set; }

    /// <summary>Whether the audit says that the call started.</summary>
    public bool Recorded { get; set; }

    /// <summary>The running call of the source; <see langword="null"/> until the source was contacted.</summary>
    public Task? Running { get; set; }

    /// <summary>The tool.</summary>
    public Tool Tool => Call.Tool;

    /// <summary>The call as policies see it before its arguments are read.</summary>
    public PolicyRequest PolicyRequest => new(Tool, Context.Identity, Request.Origin, Context.Depth) { Model = Request.Caller };

    /// <summary>SHA-256 of the argument bytes in lower-case hex.</summary>
    public string ArgumentsHash => _argumentsHash ??= Call.HashArguments();

    /// <summary>A UUID of version 7 (RFC 9562) in hex. It need not be secret, so no call waits for the system's random numbers.</summary>
    private static string NewId(DateTimeOffset now) => string.Create(32, now.ToUnixTimeMilliseconds(), static (text, milliseconds) =>
    {
        Random.Shared.GetHexString(text, lowercase: true);
        milliseconds.TryFormat(text[..12], out _, "x12", CultureInfo.InvariantCulture);
        text[12] = '7';
        text[16] = "89ab"[Random.Shared.Next(4)];
    });

    /// <summary>Takes repaired arguments in place of those that came.</summary>
    /// <param name="utf8">The repaired arguments.</param>
    /// <param name="repairs">What was repaired.</param>
    public void Repair(byte[] utf8, ImmutableArray<string> repairs)
    {
        Call = Call with { Arguments = utf8 };
        Repairs = Repairs.AddRange(repairs);
        _argumentsHash = null;
    }

    /// <summary>Ends the call.</summary>
    /// <param name="status">The status.</param>
    /// <param name="kind">The kind of reason.</param>
    /// <param name="message">Why, a full sentence; empty when it succeeded.</param>
    /// <returns>The outcome.</returns>
    public CallOutcome End(CallStatus status, ReasonKind kind, string message) => End(status, new Reason(kind, message));

    /// <summary>Ends the call.</summary>
    /// <param name="status">The status.</param>
    /// <param name="reason">Why.</param>
    /// <param name="result">What the tool answered, if it did.</param>
    /// <returns>The outcome.</returns>
    public CallOutcome End(CallStatus status, Reason reason, ToolResult? result = null) => new(Call, status, reason)
    {
        Result = result,
        Duration = _clock.GetElapsedTime(_startedAt),
        Confidence = Request.Confidence,
        Repairs = Repairs,
    };
}
