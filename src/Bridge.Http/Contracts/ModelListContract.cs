using Bridge.Calling;

namespace Bridge.Http.Contracts;

/// <summary>The answer of <c>GET /v1/models</c>, in OpenAI's form.</summary>
/// <param name="Data">The models that can be named in <c>/v1/chat/completions</c>.</param>
public sealed record ModelListContract(IReadOnlyList<ModelContract> Data)
{
    /// <summary>What this is: <c>list</c>.</summary>
    public string Object { get; init; } = "list";
}

/// <summary>A model, in OpenAI's form, and what Bridge knows of one that it runs itself.</summary>
/// <param name="Id">Its name.</param>
/// <param name="OwnedBy">Its provider.</param>
/// <param name="Created">When it was made, in seconds since 1970; the start of this process, as Bridge does not know.</param>
public sealed record ModelContract(string Id, string OwnedBy, long Created)
{
    /// <summary>What this is: <c>model</c>.</summary>
    public string Object { get; init; } = "model";

    /// <summary>Whether it is loaded; absent for a model that Bridge does not load.</summary>
    public LoadState? State { get; init; }

    /// <summary>Its architecture; absent when unknown.</summary>
    public string? Architecture { get; init; }

    /// <summary>Its size in a word; absent when unknown.</summary>
    public string? Size { get; init; }

    /// <summary>What its weights mostly are; absent when unknown.</summary>
    public string? Quantisation { get; init; }

    /// <summary>The longest context it was trained for, in tokens; absent when unknown.</summary>
    public int? ContextLength { get; init; }

    /// <summary>The length of its files; absent when unknown.</summary>
    public long? Bytes { get; init; }
}
