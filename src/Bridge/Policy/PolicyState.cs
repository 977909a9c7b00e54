namespace Bridge.Policy;

/// <summary>The rules of the policy file that are in force; replaced as a whole while the program runs. Thread-safe.</summary>
internal sealed class PolicyState
{
    private volatile PolicyRules _current = PolicyRules.None;

    /// <summary>Other rules are in force; raised on the thread that brought them.</summary>
    public event Action? Changed;

    /// <summary>The rules in force.</summary>
    public PolicyRules Current => _current;

    /// <summary>Puts other rules in force.</summary>
    /// <param name="rules">The rules.</param>
    public void Replace(PolicyRules rules)
    {
        _current = rules;
        Changed?.Invoke();
    }
}
