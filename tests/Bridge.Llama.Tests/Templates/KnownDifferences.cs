namespace Bridge.Llama.Tests.Templates;

/// <summary>The published templates that others render differently, each with the reason. The lists may only shrink.</summary>
internal static class KnownDifferences
{
    private const string KindsOfArguments = "arguments of every kind";
    private const string NoContent = "tool result, no content";
    private const string SeveralTurns = "several turns";

    private static readonly string[] s_noTools = ["plain", "plain, no generation prompt", "system", SeveralTurns, "thinking off", "thinking on"];
    private static readonly string[] s_calls =
        ["tool result", NoContent, "tool result and answer", "parallel calls", "one call after another", KindsOfArguments, "call not answered"];
    private static readonly string[] s_tools = ["other characters", "tools", "tools, thinking off", .. s_calls];

    private const string UndefinedHasNoItems = "The reference cannot go through an undefined list; in Jinja it is empty.";
    private const string FilterOfKind = "The reference lacks a filter for a kind of value: ";
    private const string NullAsText = FilterOfKind + "'string' of none.";

    /// <summary>Beside <c>@huggingface/jinja</c>: where it refuses what Jinja renders, or departs from Jinja.</summary>
    public static readonly KnownDifference[] FromHuggingFace =
    [
        // It renders another text.
        new("HuggingFaceTB-SmolLM3-3B.jinja", "The reference takes all white space away in lstrip('\\n'); Jinja takes line feeds alone.", SeveralTurns),
        new("Qwen-QwQ-32B.jinja", "The reference takes all white space away in lstrip('\\n'); Jinja takes line feeds alone.", SeveralTurns),
        new("deepseek-ai-DeepSeek-R1-Distill-Llama-8B.jinja", "The reference adds a map to a text as '[object Map]'; Jinja refuses, Bridge adds JSON.", NoContent),

        // It refuses.
        new("Apriel-1.6-15b-Thinker-fixed.jinja", FilterOfKind + "'string' of a map.", s_tools),
        new("unsloth-Apriel-1.5.jinja", FilterOfKind + "'string' of a map.", s_tools),
        new("unsloth-Apriel-1.5.jinja", FilterOfKind + "'length' of undefined.", s_noTools),
        new("ByteDance-Seed-OSS.jinja", "The reference has no integers as keys of a map."),
        new("CohereForAI-c4ai-command-r-plus-tool_use.jinja", UndefinedHasNoItems, s_noTools),
        new("NousResearch-Hermes-2-Pro-Llama-3-8B-tool_use.jinja", UndefinedHasNoItems, s_noTools),
        new("NousResearch-Hermes-2-Pro-Llama-3-8B-tool_use.jinja", "The reference cannot look an undefined key up in a map.", s_tools),
        new("NousResearch-Hermes-3-Llama-3.1-8B-tool_use.jinja", UndefinedHasNoItems, s_noTools),
        new("NousResearch-Hermes-3-Llama-3.1-8B-tool_use.jinja", "The reference cannot look an undefined key up in a map.", s_tools),
        new("GigaChat3-10B-A1.8B.jinja", "The reference takes the member 'items' of a schema for the method.", s_tools),
        new("GigaChat3.1-10B-A1.8B.jinja", "The reference takes the member 'items' of a schema for the method.", s_tools),
        new("Kimi-K2-Instruct.jinja", "The reference cannot append to a list.", s_calls),
        new("Kimi-K2-Thinking.jinja", "The reference cannot append to a list.", s_calls),
        new("LFM2.5-8B-A1B.jinja", NullAsText, KindsOfArguments),
        new("NVIDIA-Nemotron-3-Nano-30B-A3B-BF16.jinja", NullAsText, KindsOfArguments),
        new("Qwen3-Coder.jinja", NullAsText, KindsOfArguments),
        new("Qwen3.5-4B.jinja", NullAsText, KindsOfArguments),
        new("StepFun3.5-Flash.jinja", NullAsText, KindsOfArguments),
        new("google-gemma-4-31B-it-interleaved.jinja", FilterOfKind + "'upper' of a list.", s_tools),
        new("google-gemma-4-31B-it.jinja", FilterOfKind + "'upper' of a list.", s_tools),
        new("meetkai-functionary-medium-v3.1.jinja", FilterOfKind + "'selectattr' of none, whose items nobody uses.", s_noTools),
        new("meetkai-functionary-medium-v3.2.jinja", "The reference cannot unpack a tuple.", s_tools),
        new("openbmb-MiniCPM5-1B.jinja", FilterOfKind + "'min' of a list.", s_calls),
        new("tencent-Hy3.jinja", "The reference has no 'format' of texts."),
    ];

    /// <summary>Beside Jinja for Python: where Bridge keeps to <c>@huggingface/jinja</c>, or renders what the sandbox refuses.</summary>
    public static readonly KnownDifference[] FromPython =
    [
        new("GLM-4.6.jinja", "None writes nothing in Bridge.", NoContent),
        new("GLM-4.7-Flash.jinja", "None writes nothing in Bridge.", NoContent),
        new("MiniMax-M2.jinja", "None writes nothing in Bridge.", NoContent),
        new("google-gemma-4-31B-it-interleaved.jinja", "None writes nothing in Bridge.", "parallel calls", "one call after another", KindsOfArguments),
        new("google-gemma-4-31B-it.jinja", "None writes nothing in Bridge.", "parallel calls", "one call after another", KindsOfArguments),
        new("openbmb-MiniCPM5-1B.jinja", "None writes nothing in Bridge.", KindsOfArguments),
        new("meetkai-functionary-medium-v3.1.jinja", "In Python, what is added to a 'safe' text is escaped for HTML.", s_tools),
        new("meetkai-functionary-medium-v3.2.jinja", "Python adds no map to a text.", s_calls),
        new("deepseek-ai-DeepSeek-R1-Distill-Llama-8B.jinja", "Python adds no map to a text.", NoContent),
        new("llama-cpp-deepseek-r1.jinja", "Python writes no JSON of a generator, which 'map' gives.", s_tools),
        new("Kimi-K2-Instruct.jinja", "The sandbox lets no template append to a list.", s_calls),
        new("Kimi-K2-Thinking.jinja", "The sandbox lets no template append to a list.", s_calls),
    ];
}
