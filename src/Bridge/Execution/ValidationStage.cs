using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Bridge.Outcomes;
using Bridge.Schemas.Json;
using Bridge.Schemas.Repair;
using Bridge.Schemas.Validation;
using Bridge.Tools;

namespace Bridge.Execution;

/// <summary>Reads the arguments the way every reader of them agrees on and holds them against the tool's schema, whatever anyone promised about them; repairs where everyone allows it.</summary>
/// <param name="next">The next stage.</param>
internal sealed class ValidationStage(ICallStage next) : ICallStage
{
    private const int MostErrors = 20;

    /// <inheritdoc/>
    public ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        ImmutableArray<ValidationError> errors;
        try
        {
            errors = call.Tool.Schema.Validate(call.Call.Arguments.Span);
        }
        catch (StrictJsonException error)
        {
            return new(NotStrict(call, error.Message));
        }

        byte first = call.Call.Arguments.Span.TrimStart(" \t\r\n"u8)[0];
        if (first != '{')
        {
            return new(NotStrict(call, $"A JSON object is required, such as '{{}}', and this is {KindOf(first)}."));
        }

        if (!errors.IsEmpty && MayRepair(call))
        {
            errors = Repair(call, errors);
        }

        return errors.IsEmpty
            ? next.RunAsync(call, cancellationToken)
            : new(call.End(CallStatus.Failed, ReasonKind.InvalidArguments, Describe(call, errors)));
    }

    /// <summary>Clients of the gateway get their own mistakes back, whatever the request says.</summary>
    private static bool MayRepair(CallState call) =>
        call.Request.AllowRepair && call.Rule.Repair && call.Request.Origin != CallOrigin.Gateway;

    private static ImmutableArray<ValidationError> Repair(CallState call, ImmutableArray<ValidationError> errors)
    {
        RepairResult repaired = ArgumentRepair.Repair(call.Tool.Schema, StrictJson.Parse(call.Call.Arguments));
        if (repaired.Repairs.IsEmpty)
        {
            return errors;
        }

        ImmutableArray<ValidationError> left = call.Tool.Schema.Validate(repaired.Instance);
        if (left.IsEmpty)
        {
            call.Repair(JsonMarshal.GetRawUtf8Value(repaired.Instance).ToArray(), repaired.Repairs);
        }

        return left;
    }

    private static CallOutcome NotStrict(CallState call, string why) => call.End(
        CallStatus.Failed, ReasonKind.InvalidJson, $"The arguments of '{call.Tool.Id}' are not a strict JSON object. {why}");

    private static string KindOf(byte first) => (char)first switch
    {
        '[' => "an array",
        '"' => "a string",
        'n' => "null",
        't' or 'f' => "a boolean",
        _ => "a number",
    };

    private static string Describe(CallState call, ImmutableArray<ValidationError> errors)
    {
        StringBuilder text = new StringBuilder("The arguments of '").Append(call.Tool.Id).Append("' do not fit its schema.");
        foreach (ValidationError error in errors.AsSpan()[..Math.Min(errors.Length, MostErrors)])
        {
            text.Append(' ').Append(error.Message);
        }

        if (errors.Length > MostErrors)
        {
            text.Append(" There are ").Append(errors.Length - MostErrors).Append(" more errors.");
        }

        return text.ToString();
    }
}
