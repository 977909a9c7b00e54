using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Outcomes;
using Bridge.Profiles;

namespace Bridge.Models.Endpoints;

/// <summary>Where a model is asked.</summary>
/// <param name="Name">The model.</param>
/// <param name="Url">The base address of the API.</param>
internal sealed record ModelEndpoint(ModelName Name, Uri Url)
{
    /// <summary>The key; <see langword="null"/> for none. Never part of a message.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Where a key would come from, for the cure of a missing or refused one.</summary>
    public string KeySource { get; init; } = "'apiKey' of the provider in the models file";

    /// <summary>Headers to send with every request.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Why it cannot be asked at all, with the cure; <see langword="null"/> when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether this is OpenAI's own service, which refuses what compatible servers offer beyond it.</summary>
    public bool IsOpenAiItself => Url.Host.EndsWith("openai.com", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="ToolCallerException">It cannot be asked at all.</exception>
    public void EnsureUsable()
    {
        if (Problem is { } problem)
        {
            throw new ToolCallerException(ReasonKind.CallerUnavailable, problem);
        }
    }

    /// <summary>An address below the base address.</summary>
    /// <param name="path">The path, without a leading slash.</param>
    public Uri At(string path) => new($"{Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");

    /// <inheritdoc/>
    /// <remarks>Without key and headers: the text may reach a log.</remarks>
    public override string ToString() => $"'{Name}' at {Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}";
}
