namespace Bridge.Outcomes;

/// <summary>The kinds of reasons. Each has an entry in <c>docs/troubleshooting.md</c>.</summary>
public enum ReasonKind
{
    /// <summary>It went well.</summary>
    None,

    /// <summary>No tool of that name exists.</summary>
    UnknownTool,

    /// <summary>The name fits tools of several sources.</summary>
    AmbiguousTool,

    /// <summary>The arguments are not strict JSON.</summary>
    InvalidJson,

    /// <summary>The arguments violate the tool's schema.</summary>
    InvalidArguments,

    /// <summary>Policy forbids the call.</summary>
    PolicyDenied,

    /// <summary>A person must consent first, and nobody could be asked.</summary>
    ApprovalNeeded,

    /// <summary>A person was asked and refused.</summary>
    ApprovalDenied,

    /// <summary>A configured limit was reached.</summary>
    LimitReached,

    /// <summary>The client called too often, or the tool was called too often; later it may be called.</summary>
    RateLimited,

    /// <summary>A time limit ended it.</summary>
    TimedOut,

    /// <summary>The tool's source is not reachable; the tool did not run.</summary>
    SourceUnavailable,

    /// <summary>The call was sent and its answer was lost: nobody knows whether the tool ran.</summary>
    OutcomeUnknown,

    /// <summary>The tool reported an error of its own.</summary>
    ToolReportedError,

    /// <summary>The tool caller's endpoint cannot be reached or refuses.</summary>
    CallerUnavailable,

    /// <summary>The tool caller answered with something that is not a usable call.</summary>
    CallerMisbehaved,

    /// <summary>The prompt and the tools do not fit the model's context.</summary>
    ContextOverflow,

    /// <summary>The tool caller cannot honour the requested tool choice.</summary>
    ToolChoiceUnsupported,

    /// <summary>The model named is not configured.</summary>
    UnknownModel,

    /// <summary>Calls were proposed, none above the caller's threshold.</summary>
    BelowThreshold,

    /// <summary>The tool caller found nothing to call.</summary>
    NothingProposed,

    /// <summary>There are no tools to call.</summary>
    NoTools,

    /// <summary>Execution was not asked for.</summary>
    NotExecuted,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>A fault of Bridge itself; the log has the detail.</summary>
    InternalError,
}
