using System.Text;
using System.Text.Json;
using Bridge.Host.Terminal;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Host.Sessions;

/// <summary>Asks the person at the terminal.</summary>
/// <param name="environment">The process.</param>
/// <param name="approved">Whether the person consented beforehand (<c>--yes</c>).</param>
internal sealed class TerminalInteraction(CommandEnvironment environment, bool approved) : IUserInteraction
{
    private static readonly SemaphoreSlim s_terminal = new(1, 1); // several calls may ask at once, a person reads one question at a time

    /// <inheritdoc/>
    public async ValueTask<bool?> ApproveAsync(ToolCall call, string reason, CancellationToken cancellationToken)
    {
        if (approved)
        {
            return true;
        }

        await s_terminal.WaitAsync(cancellationToken);
        try
        {
            string question = $"{reason}{Environment.NewLine}  {call.Tool.Id} {Encoding.UTF8.GetString(call.Arguments.Span)}{Environment.NewLine}Run it?";
            return await environment.AskAsync(question, cancellationToken);
        }
        finally
        {
            s_terminal.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<JsonElement?> ElicitAsync(string source, string message, JsonElement schema, CancellationToken cancellationToken) =>
        ValueTask.FromResult<JsonElement?>(null);

    /// <inheritdoc/>
    public ValueTask<ChatResponse?> SampleAsync(
        string source, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ChatResponse?>(null);
}
