using Microsoft.Extensions.Options;

namespace Bridge.TestKit;

/// <summary>Options that change when the test says so.</summary>
public sealed class ChangingOptions<T>(T value) : IOptionsMonitor<T>
{
    private event Action<T, string?>? Changes;

    /// <inheritdoc/>
    public T CurrentValue { get; private set; } = value;

    /// <summary>Whether anybody still follows the changes.</summary>
    public bool IsFollowed => Changes is not null;

    /// <summary>Changes the options.</summary>
    public void Change(T next)
    {
        CurrentValue = next;
        Changes?.Invoke(next, null);
    }

    /// <inheritdoc/>
    public T Get(string? name) => CurrentValue;

    /// <inheritdoc/>
    public IDisposable OnChange(Action<T, string?> listener)
    {
        Changes += listener;
        return new Subscription(() => Changes -= listener);
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
