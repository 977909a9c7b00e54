using Bridge.Calling;

namespace Bridge.Http.Tests.Fixtures;

/// <summary>Models that load at once, unless the test says what is wrong with them.</summary>
internal sealed class FakeModelControl(params string[] ids) : IModelControl
{
    private readonly Dictionary<string, LoadState> _states = ids.ToDictionary(id => id, _ => LoadState.Unloaded);

    public ModelLoadException? Fault { get; set; }

    public Task<IReadOnlyList<LoadableModel>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LoadableModel>>([.. _states.Keys.Select(Of)]);

    public Task<LoadableModel?> LoadAsync(string id, CancellationToken cancellationToken) => ChangeAsync(id, LoadState.Loaded);

    public Task<LoadableModel?> UnloadAsync(string id, CancellationToken cancellationToken) => ChangeAsync(id, LoadState.Unloaded);

    private Task<LoadableModel?> ChangeAsync(string id, LoadState state)
    {
        if (!_states.ContainsKey(id))
        {
            return Task.FromResult<LoadableModel?>(null);
        }

        if (Fault is not null)
        {
            throw Fault;
        }

        _states[id] = state;
        return Task.FromResult<LoadableModel?>(Of(id));
    }

    private LoadableModel Of(string id) => new(id, _states[id])
    {
        Architecture = "llama",
        Size = "647K",
        Quantisation = "Q4_0",
        ContextTokens = 8192,
        Bytes = 500_000,
    };
}
