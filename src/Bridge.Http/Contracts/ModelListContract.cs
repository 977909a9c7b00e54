namespace Bridge.Http.Contracts;

/// <summary>The answer of <c>GET /v1/models</c>, in OpenAI's form.</summary>
/// <param name="Data">The models that can be named in <c>/v1/chat/completions</c>.</param>
public sealed record ModelListContract(IReadOnlyList<ModelContract> Data)
{
    /// <summary>What this is: <c>list</c>.</summary>
    public string Object { get; init; } = "list";
}

/// <summary>A model, in OpenAI's form.</summary>
/// <param name="Id">Its name.</param>
/// <param name="OwnedBy">Its provider.</param>
/// <param name="Created">When it was made, in seconds since 1970; the start of this process, as Bridge does not know.</param>
public sealed record ModelContract(string Id, string OwnedBy, long Created)
{
    /// <summary>What this is: <c>model</c>.</summary>
    public string Object { get; init; } = "model";
}
