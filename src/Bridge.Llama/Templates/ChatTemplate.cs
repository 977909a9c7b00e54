using Bridge.Llama.Jinja;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Templates;

/// <summary>A model's own chat template: renders conversations as the model was trained to read them. Immutable and safe to share between threads.</summary>
internal sealed class ChatTemplate
{
    // What is tried is small: a template that needs more does not mean well.
    private const int MaxStepsOfProbe = 100_000;
    private const int MaxTextOfProbe = 4 * 1024 * 1024;

    /// <summary>The template of models that bring none.</summary>
    public const string ForModelsWithoutOne =
        "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

    private readonly JinjaTemplate _template;
    private readonly ControlTexts _texts;
    private readonly TemplateLimits _limits;

    private ChatTemplate(JinjaTemplate template, ControlTexts texts, TemplateLimits limits)
    {
        _template = template;
        _texts = texts;
        _limits = limits;
        var probe = new TemplateProbe(
            template.With(limits with { MaxSteps = Math.Min(limits.MaxSteps, MaxStepsOfProbe), MaxTextLength = Math.Min(limits.MaxTextLength, MaxTextOfProbe) }), texts);
        Capabilities = CapabilityDetection.Of(probe);
        Calls = CallFormDetection.Of(probe, Capabilities);
    }

    /// <summary>What the template can render.</summary>
    public TemplateCapabilities Capabilities { get; }

    /// <summary>The form in which the model writes calls.</summary>
    public CallForm Calls { get; }

    /// <summary>Parses a template and tries what it can render.</summary>
    /// <param name="text">The template in the Jinja language.</param>
    /// <param name="texts">The texts of the tokens it asks for by name.</param>
    /// <param name="limits">What it may use; <see langword="null"/> for the defaults.</param>
    /// <returns>The template.</returns>
    /// <exception cref="TemplateException">The template is malformed or over a limit.</exception>
    public static ChatTemplate Parse(string text, ControlTexts texts, TemplateLimits? limits = null)
    {
        limits ??= TemplateLimits.Default;
        return new ChatTemplate(JinjaTemplate.Parse(text, limits), texts, limits);
    }

    /// <summary>Renders a conversation.</summary>
    /// <param name="messages">The messages, oldest first.</param>
    /// <param name="tools">The tools that the model may call.</param>
    /// <param name="options">How it is rendered; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Ends the rendering.</param>
    /// <returns>The prompt.</returns>
    /// <exception cref="TemplateException">The template refuses the conversation, fails or goes over a limit.</exception>
    public RenderedPrompt Render(
        IEnumerable<ChatMessage> messages, IReadOnlyList<TemplateTool> tools, TemplateOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TemplateOptions();
        ChatMessage[] all = [.. messages];
        try
        {
            return Render(all, tools, complete: false, options, cancellationToken);
        }
        catch (TemplateException error) when (tools.Count > 0 && error is { IsRefusal: false, Limit: null or nameof(TemplateLimits.MaxCallDepth) })
        {
            // Templates were written for tools that say everything; others are tools too.
            return Render(all, tools, complete: true, options, cancellationToken);
        }
    }

    /// <summary>What closes the thinking that a prompt opens at its end; <see langword="null"/> where it opens none.</summary>
    /// <param name="prompt">The prompt.</param>
    public static string? ThinkingEnd(RenderedPrompt prompt) => CapabilityDetection.ThinkingEnd(prompt.Text);

    private RenderedPrompt Render(
        ChatMessage[] messages, IReadOnlyList<TemplateTool> tools, bool complete, TemplateOptions options, CancellationToken cancellationToken)
    {
        DateTimeOffset now = options.Time.GetLocalNow();
        var context = new RenderContext(new RenderBudget(_limits, cancellationToken), now);
        ListValue conversation = new ConversationValues(Capabilities, Calls, context).Of(messages, tools);
        ListValue? told = Capabilities.Tools ? ToolValues.Of(tools, complete) : null;
        return new RenderedPrompt(_template.Render(TemplateVariables.Of(_template, conversation, told, _texts, options), now, cancellationToken));
    }
}
