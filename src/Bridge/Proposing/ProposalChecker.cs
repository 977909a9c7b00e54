using System.Collections.Immutable;
using System.Text;
using Bridge.Calling;
using Bridge.Outcomes;
using Bridge.Policy;
using Bridge.Profiles;
using Bridge.Schemas.Json;
using Bridge.Schemas.Repair;
using Bridge.Schemas.Validation;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Proposing;

/// <summary>Checks what a tool caller proposed: known tools, strict JSON, valid arguments, the requested choice, enough confidence.</summary>
/// <remarks>The door checks again: what is found here costs an attempt, not an execution.</remarks>
internal static class ProposalChecker
{
    private const int MaxIdLength = 64;

    public static CheckedProposal Check(
        Proposal proposal, ProposalRequest request, ModelProfile profile, ToolRules rules, HashSet<string> usedIds)
    {
        if (proposal.Calls.IsEmpty)
        {
            return CheckNoCall(proposal, request.Choice);
        }

        var calls = ImmutableArray.CreateBuilder<CheckedCall>(proposal.Calls.Length);
        var errors = ImmutableArray.CreateBuilder<string>();
        var hints = ImmutableArray.CreateBuilder<string>();
        (double Confidence, double Threshold)? rejected = null;
        foreach (ProposedCall proposed in proposal.Calls)
        {
            double? confidence = proposed.Confidence ?? proposal.Confidence;
            Tool? tool = request.Shortlist.Find(proposed.WireName);
            if (CallerThresholds.Of(profile, tool, rules) is { } threshold && confidence < threshold)
            {
                rejected = confidence < rejected?.Confidence ? rejected : (confidence.Value, threshold);
                continue;
            }

            if (tool is null)
            {
                errors.Add($"The model called '{proposed.WireName}', which is not one of the {request.Shortlist.Tools.Length} tools it was shown.");
                hints.Add($"there is no tool `{proposed.WireName}`; choose one of {NamesOf(request.Shortlist)}");
                continue;
            }

            CheckedCall call = CheckArguments(
                proposed, tool, confidence, profile.Repair && rules.For(tool).Repair, NewId(proposed.Id, usedIds), hints);
            errors.AddRange(call.Errors);
            calls.Add(call);
        }

        AttemptResult result = errors.Count > 0 ? AttemptResult.Invalid
            : calls.Count > 0 ? AttemptResult.Valid
            : AttemptResult.BelowThreshold;
        return new CheckedProposal(proposal, result)
        {
            Calls = calls.ToImmutable(),
            Errors = errors.ToImmutable(),
            Hints = hints.ToImmutable(),
            RejectedConfidence = rejected?.Confidence,
            RejectedThreshold = rejected?.Threshold,
        };
    }

    private static CheckedProposal CheckNoCall(Proposal proposal, ToolChoice choice) => choice.Mode switch
    {
        ToolChoiceMode.Required => new CheckedProposal(proposal, AttemptResult.Invalid)
        {
            Errors = [$"A tool call was required and the model proposed none.{Because(proposal)}"],
            Hints = ["you must call one of the tools"],
        },
        ToolChoiceMode.Named => new CheckedProposal(proposal, AttemptResult.Invalid)
        {
            Errors = [$"A call of '{choice.Tool}' was required and the model proposed none.{Because(proposal)}"],
            Hints = ["you must call the tool"],
        },
        _ => new CheckedProposal(proposal, AttemptResult.NoCall),
    };

    private static string Because(Proposal proposal) => proposal.Explanation is { } why ? $" {why}" : "";

    private static CheckedCall CheckArguments(
        ProposedCall proposed, Tool tool, double? confidence, bool repair, string id, ImmutableArray<string>.Builder hints)
    {
        ImmutableArray<ValidationError> errors;
        try
        {
            errors = tool.Schema.Validate(proposed.Arguments.Span);
        }
        catch (StrictJsonException error)
        {
            hints.Add($"the arguments of `{proposed.WireName}` are not valid JSON: {error.Message}");
            return Result(proposed.Arguments, [$"The arguments of '{tool.Id}' are not strict JSON: {error.Message}"], []);
        }

        if (errors.IsEmpty)
        {
            return Result(proposed.Arguments, [], []);
        }

        if (repair && ArgumentRepair.Repair(tool.Schema, StrictJson.Parse(proposed.Arguments)) is { Repairs.IsEmpty: false } repaired
            && tool.Schema.Validate(repaired.Instance).IsEmpty)
        {
            return Result(Encoding.UTF8.GetBytes(repaired.Instance.GetRawText()), [], repaired.Repairs);
        }

        hints.AddRange(errors.Select(error => $"`{proposed.WireName}`: {error.Hint}"));
        return Result(proposed.Arguments, [.. errors.Select(error => $"'{tool.Id}': {error.Message}")], []);

        CheckedCall Result(ReadOnlyMemory<byte> bytes, ImmutableArray<string> wrong, ImmutableArray<string> repairs) =>
            new(new ToolCall(id, tool, bytes), proposed.WireName, confidence, wrong) { Repairs = repairs };
    }

    private static string NewId(string? proposed, HashSet<string> used)
    {
        if (proposed is { Length: > 0 and <= MaxIdLength } && used.Add(proposed))
        {
            return proposed;
        }

        string id;
        do
        {
            id = $"call_{Guid.NewGuid().ToString("N").AsSpan(0, 16)}";
        }
        while (!used.Add(id));
        return id;
    }

    private static string NamesOf(Shortlist shortlist)
    {
        const int Most = 20;
        string names = string.Join(", ", shortlist.Tools.Take(Most).Select(tool => tool.WireName));
        return shortlist.Tools.Length > Most ? names + ", …" : names;
    }
}
