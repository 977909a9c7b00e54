namespace Bridge.Llama.Loading;

/// <summary>A model that is loaded or being loaded, and how many use it. Its owner locks.</summary>
internal sealed class ModelPlace(Func<Task<LoadedModel>> load, TimeProvider time)
{
    private int _users;
    private bool _retired;
    private ITimer? _idle;

    /// <summary>The model, when it is loaded.</summary>
    public Task<LoadedModel> Model { get; } = Task.Run(load);

    /// <summary>Whether nobody uses it.</summary>
    public bool IsIdle => _users == 0;

    /// <summary>Takes it into use.</summary>
    public void Enter()
    {
        _users++;
        _idle?.Dispose();
        _idle = null;
    }

    /// <summary>Gives it back.</summary>
    /// <param name="patience">How long it stays without a user.</param>
    /// <param name="expired">Called after that.</param>
    public void Leave(TimeSpan patience, Action expired)
    {
        if (--_users > 0)
        {
            return;
        }

        if (_retired)
        {
            Free();
        }
        else
        {
            _idle = time.CreateTimer(_ => expired(), null, patience, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Unloads it when the last user has gone.</summary>
    /// <param name="now">Whether not to wait for them: what they run fails.</param>
    public void Retire(bool now = false)
    {
        _retired = true;
        _idle?.Dispose();
        if (IsIdle || now)
        {
            Free();
        }
    }

    private void Free() => Model.ContinueWith(
        static model => model.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
}
