using Bridge.Host.Terminal;
using Bridge.Responding;
using Microsoft.Extensions.AI;

namespace Bridge.Host.Sessions;

/// <summary>Finds the responder a person named, or says in a sentence why there is none.</summary>
internal static class Responders
{
    /// <summary>Finds the responder, before any tool runs.</summary>
    /// <param name="responders">The responders.</param>
    /// <param name="name">The name; <see langword="null"/> for the configured one.</param>
    /// <returns>The responder.</returns>
    /// <exception cref="VerbException">Nothing serves the name.</exception>
    public static IChatClient Require(this ResponderSource responders, string? name)
    {
        try
        {
            return responders.Find(name) ?? throw new VerbException(
                ExitCode.Usage,
                $"No responder '{name ?? responders.DefaultName}' is known. Name 'template', or a model whose provider is configured, such as 'ollama/qwen3:0.6b'.");
        }
        catch (FormatException error)
        {
            throw new VerbException(ExitCode.Usage, error.Message);
        }
    }
}
