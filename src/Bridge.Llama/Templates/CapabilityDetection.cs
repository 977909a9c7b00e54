using System.Text.RegularExpressions;

namespace Bridge.Llama.Templates;

/// <summary>Finds what a template can render, by trying.</summary>
internal static partial class CapabilityDetection
{
    public static TemplateCapabilities Of(TemplateProbe probe)
    {
        bool inParts = !Shows(probe.Render([TemplateProbe.UserMessage]), TemplateProbe.User)
            && Shows(probe.Render([Part("user", TemplateProbe.User)]), TemplateProbe.User);
        string user = inParts ? Part("user", TemplateProbe.User) : TemplateProbe.UserMessage;
        string system = inParts ? Part("system", TemplateProbe.System) : TemplateProbe.Message("system", TemplateProbe.Quote(TemplateProbe.System));
        string? withTools = probe.Render([user], withTools: true, generate: true);
        CallWay? way = WayOf(probe, user);
        string? thinks = probe.Render([user], generate: true, thinks: true);
        string? quiet = probe.Render([user], generate: true, thinks: false);
        return new TemplateCapabilities
        {
            ContentInParts = inParts,
            System = Shows(probe.Render([system, user]), TemplateProbe.System),
            Tools = Shows(withTools, TemplateProbe.FirstTool),
            ToolCalls = way is not null,
            ArgumentsAsText = way?.ArgumentsAsText ?? false,
            NoContentBesideCalls = way?.Content == CallWay.NoContent,
            ToolResults = Shows(Answered(probe, user, way ?? CallWay.All[0]), TemplateProbe.Result),
            ParallelCalls = way is not null && Shows(probe.Render([user, way.Message(two: true)], withTools: true), TemplateProbe.SecondTool, after: TemplateProbe.User),
            Thinking = thinks != quiet || ShowsThought(probe, user),
            ThinkingSwitch = thinks != quiet,
            ThinkingEnd = ThinkingEnd(probe.Render([user], generate: true)),
        };
    }

    /// <summary>What closes the thinking that a prompt opens at its end; <see langword="null"/> where it opens none.</summary>
    public static string? ThinkingEnd(string? prompt)
    {
        Match opening = OpeningAtEnd().Match(prompt ?? "");
        if (!opening.Success)
        {
            return null;
        }

        string tag = opening.Groups[1].Value;
        return tag.Contains("START", StringComparison.Ordinal)
            ? tag.Replace("START", "END", StringComparison.Ordinal)
            : $"{tag[0]}/{tag[1..]}";
    }

    // Where a template writes more beside empty content than beside none, it takes the answer for two.
    private static CallWay? WayOf(TemplateProbe probe, string user)
    {
        CallWay? way = Array.Find(CallWay.All, way =>
            Shows(probe.Render([user, way.Message(two: false)], withTools: true), TemplateProbe.FirstTool, after: TemplateProbe.User));
        if (way is not { Content: CallWay.EmptyContent })
        {
            return way;
        }

        CallWay other = way with { Content = CallWay.NoContent };
        string? answered = Answered(probe, user, other);
        return Shows(answered, TemplateProbe.Result) && Shows(answered, TemplateProbe.FirstTool, after: TemplateProbe.User)
            && answered!.Length < Answered(probe, user, way)?.Length ? other : way;
    }

    private static string? Answered(TemplateProbe probe, string user, CallWay way) => probe.Render(
        [
            user,
            way.Message(two: false),
            TemplateProbe.Message("tool", TemplateProbe.Quote(TemplateProbe.Result), $", \"name\": \"{TemplateProbe.FirstTool}\", \"tool_call_id\": \"{TemplateProbe.FirstId}\""),
        ],
        withTools: true);

    private static bool ShowsThought(TemplateProbe probe, string user) => Shows(
        probe.Render([user, TemplateProbe.Message("assistant", TemplateProbe.Quote(TemplateProbe.Answer), $", \"reasoning_content\": \"{TemplateProbe.Thought}\"")]),
        TemplateProbe.Thought);

    private static bool Shows(string? prompt, string mark, string? after = null)
    {
        int from = after is null ? 0 : prompt?.LastIndexOf(after, StringComparison.Ordinal) ?? -1;
        return prompt is not null && from >= 0 && prompt.IndexOf(mark, from, StringComparison.Ordinal) >= 0;
    }

    private static string Part(string role, string text) =>
        TemplateProbe.Message(role, $$"""[{"type": "text", "text": "{{text}}"}]""");

    [GeneratedRegex(@"([<\[](?!/)(?![^<>\[\]]*END)[^<>\[\]]*think[^<>\[\]]*[>\]])\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex OpeningAtEnd();
}
