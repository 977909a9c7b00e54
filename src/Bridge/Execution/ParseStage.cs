using System.Text.Json;
using System.Text.Unicode;
using Bridge.Outcomes;
using Bridge.Schemas.Json;

namespace Bridge.Execution;

/// <summary>Reads the arguments the way every reader of them agrees on. Their size is checked first, because reading is what costs.</summary>
/// <param name="next">The next stage.</param>
internal sealed class ParseStage(ICallStage next) : ICallStage
{
    /// <inheritdoc/>
    public ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken) =>
        Refuse(call) is { } refused ? new(refused) : next.RunAsync(call, cancellationToken);

    private static CallOutcome? Refuse(CallState call)
    {
        int size = call.Call.Arguments.Length, most = call.Rules.Limits.MaxArgumentBytes;
        if (size > most)
        {
            return call.End(
                CallStatus.Failed,
                ReasonKind.LimitReached,
                $"The arguments of '{call.Tool.Id}' are {size} bytes long, and at most {most} are allowed: send less, or raise Bridge:Limits:MaxArgumentBytes.");
        }

        if (!Utf8.IsValid(call.Call.Arguments.Span))
        {
            return Invalid(call, "They are not valid UTF-8.");
        }

        try
        {
            call.Arguments = StrictJson.Parse(call.Call.Arguments);
        }
        catch (StrictJsonException error)
        {
            return Invalid(call, error.Message);
        }

        return call.Arguments.ValueKind == JsonValueKind.Object
            ? null
            : Invalid(call, $"A JSON object is required, such as '{{}}', and this is {Name(call.Arguments.ValueKind)}.");
    }

    private static CallOutcome Invalid(CallState call, string why) => call.End(
        CallStatus.Failed, ReasonKind.InvalidJson, $"The arguments of '{call.Tool.Id}' are not a strict JSON object. {why}");

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
