namespace Bridge.Evaluation.Records;

/// <summary>When the calls of a record are right.</summary>
public enum EvalCheck
{
    /// <summary>Exactly the expected calls, in any order.</summary>
    Calls,

    /// <summary>No call.</summary>
    NoCall,

    /// <summary>Any call.</summary>
    AnyCall,

    /// <summary>Exactly the tools of the expected calls, each as often as it likes; arguments do not count.</summary>
    Tools,

    /// <summary>One or more calls, of no other tools than those of the expected calls; arguments do not count.</summary>
    SomeTools,
}
