namespace Bridge.EndToEnd.Tests.Running;

/// <summary>Waits for what other processes do in their own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1), s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until something is so.</summary>
    /// <param name="isSo">Whether it is.</param>
    /// <param name="seen">What is seen instead.</param>
    public static async Task IsAsync(Func<bool> isSo, Func<string> seen)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (!isSo())
        {
            if (patience.IsCancellationRequested)
            {
                Assert.Fail(seen());
            }

            await Task.Delay(s_pause, TestContext.Current.CancellationToken);
        }
    }
}
