namespace Bridge.Host.Composition;

/// <summary>Which of the configured servers a verb starts.</summary>
/// <param name="None">Whether it starts none.</param>
/// <param name="Name">The only one it starts, by id; <see langword="null"/> for every one.</param>
internal sealed record ServerChoice(bool None = false, string? Name = null)
{
    public static ServerChoice All { get; } = new();

    public static ServerChoice Nothing { get; } = new(None: true);

    public static ServerChoice Only(string id) => new(Name: id);

    public bool Matches(string id) => !None && (Name is null || Name == id);
}
