using Bridge.Schemas.Automata;

namespace Bridge.Llama.Templates;

/// <summary>Finds the form in which a template writes calls, from what it writes for calls that are known.</summary>
/// <remarks>
/// One call and two calls are rendered. What both calls have around their names and arguments is the form of a call, what
/// stands before the first is the opening, what stands after the last the closing. No family needs to be known.
/// </remarks>
internal static class CallFormDetection
{
    public static CallForm Of(TemplateProbe probe, TemplateCapabilities capabilities)
    {
        if (capabilities.ToolCalls)
        {
            return FromCalls(probe, capabilities)
                ?? KnownCallForms.Hermes with { Name = "Hermes, for the template's own form is not known" };
        }

        return capabilities.Tools && probe.Render([TemplateProbe.UserMessage], withTools: true, generate: true) is { } prompt
            ? KnownCallForms.BySigns(prompt)
            : KnownCallForms.Hermes;
    }

    private static CallForm? FromCalls(TemplateProbe probe, TemplateCapabilities capabilities)
    {
        foreach (CallWay way in CallWay.All.Where(way =>
            way.ArgumentsAsText == capabilities.ArgumentsAsText && (way.Content == CallWay.NoContent) == capabilities.NoContentBesideCalls))
        {
            var answer = new WrittenAnswer(probe, way);
            if (answer.Of(two: false) is { } one && MarkedCalls.Mark(one, out JsonStyle? style) is { } single)
            {
                MarkedCalls? pair = answer.Of(two: true) is { } two ? MarkedCalls.Mark(two, out _) : null;
                return FormOf(single, pair) with { Style = style };
            }

            if (new MemberFormDetection(answer).Find() is { } found)
            {
                CallForm form = FormOf(found.Single, found.Pair);
                return form with { Call = [.. form.Call.Select(piece => piece is CallPiece.Arguments ? new CallPiece.Members(found.Form) : piece)] };
            }
        }

        return null;
    }

    private static CallForm FormOf(MarkedCalls single, MarkedCalls? pair)
    {
        if (pair is null || !pair.TryAlign(single, out CallAlignment? aligned))
        {
            return new CallForm { Name = "the template's own", IsOwn = true, Call = MarkedCalls.Pieces(single.Text, []) };
        }

        return new CallForm
        {
            Name = "the template's own",
            IsOwn = true,
            Opening = aligned.Opening,
            Call = MarkedCalls.Pieces(aligned.Call, aligned.Numbers),
            Separator = aligned.Separator,
            Closing = aligned.Closing,
        };
    }
}
