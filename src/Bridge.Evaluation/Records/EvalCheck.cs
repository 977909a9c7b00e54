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
}
