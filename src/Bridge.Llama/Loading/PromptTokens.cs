using System.Buffers;
using Bridge.Llama.Inference;
using Bridge.Llama.Jinja;
using Bridge.Llama.Templates;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Loading;

/// <summary>Turns conversations into a model's tokens: control tokens are those that the template wrote, and no others.</summary>
internal sealed class PromptTokens
{
    private readonly LlamaModel _model;
    private readonly ChatTemplate _template;
    private readonly string[] _controls;
    private readonly SearchValues<string> _names;
    private readonly PromptProbes _probes = new();

    public PromptTokens(LlamaModel model, ChatTemplate template)
    {
        _model = model;
        _template = template;
        _controls = [.. model.Vocabulary.NamedTokens.Select(token => model.Vocabulary.Show([token]))];
        _names = SearchValues.Create(_controls, StringComparison.Ordinal);
    }

    /// <summary>The tokens of a conversation, ready for the model's answer.</summary>
    /// <param name="messages">The messages, oldest first.</param>
    /// <param name="tools">The tools that the model may call.</param>
    /// <param name="thinks">Whether the model may think first, where it knows how.</param>
    /// <param name="cancellationToken">Ends the rendering.</param>
    /// <exception cref="LlamaException">The template refuses the conversation.</exception>
    public int[] Of(IEnumerable<ChatMessage> messages, IReadOnlyList<TemplateTool> tools, bool thinks, CancellationToken cancellationToken)
    {
        RenderedPrompt rendered;
        try
        {
            rendered = _template.Render(messages, tools, new TemplateOptions { EnableThinking = thinks }, cancellationToken);
        }
        catch (TemplateException error)
        {
            throw new LlamaException(LlamaFault.BadModel, $"The chat template of '{_model.Path}' cannot render the conversation: {error.Message}", error);
        }

        var tokens = new List<int>();
        foreach (PromptPiece piece in rendered.Split(_controls))
        {
            if (piece.IsControl)
            {
                _model.Tokenizer.Write(piece.Text, tokens, special: true);
            }
            else
            {
                WriteText(piece.Text, tokens);
            }
        }

        if (!thinks && ChatTemplate.ThinkingEnd(rendered) is { } end)
        {
            _model.Tokenizer.Write(end, tokens, special: true);
        }

        if (_model.Tokenizer.AddsBegin && (tokens.Count == 0 || tokens[0] != _model.Tokenizer.Begin))
        {
            tokens.Insert(0, _model.Tokenizer.Begin);
        }

        return [.. tokens];
    }

    /// <summary>Writes text in which nothing is a control token, whatever it looks like.</summary>
    private void WriteText(string text, List<int> tokens)
    {
        // The tokenizer makes some tokens wherever it finds their text; it does not find what is cut in two.
        ReadOnlySpan<char> left = text;
        while (left.IndexOfAny(_names) is var at and >= 0)
        {
            _model.Tokenizer.Write(left[..(at + 1)].ToString(), tokens, special: false);
            left = left[(at + 1)..];
        }

        _model.Tokenizer.Write(left.ToString(), tokens, special: false);
    }

    /// <summary>How many of a conversation's tokens other questions over the same tools have too.</summary>
    /// <param name="prompt">The conversation's tokens.</param>
    /// <param name="messages">Its messages.</param>
    /// <param name="tools">Its tools.</param>
    /// <param name="cancellationToken">Ends the rendering.</param>
    public int StablePrefix(int[] prompt, IEnumerable<ChatMessage> messages, IReadOnlyList<TemplateTool> tools, CancellationToken cancellationToken)
    {
        // Another question shows where the first is: templates put tools before, after or into messages.
        ChatMessage[] system = [.. messages.TakeWhile(message => message.Role == ChatRole.System)];
        return _probes.CommonLength(prompt, tools, system, () => Of([.. system, new ChatMessage(ChatRole.User, "?")], tools, thinks: false, cancellationToken));
    }
}
