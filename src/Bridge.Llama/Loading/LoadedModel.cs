using System.Runtime.CompilerServices;
using Bridge.Llama.Decoding;
using Bridge.Llama.Gguf;
using Bridge.Llama.Inference;
using Bridge.Llama.Masks;
using Bridge.Llama.Templates;
using Bridge.Llama.Tokens;
using Bridge.Shortlisting;

namespace Bridge.Llama.Loading;

/// <summary>A model that is ready: its weights, the engine that runs it, and how it was trained to be spoken to. Thread-safe.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly ConditionalWeakTable<Shortlist, CallTokens> _calls = [];

    public LoadedModel(string name, ModelFacts facts, LlamaModel model, LlamaEngine engine, ChatTemplate template)
    {
        Name = name;
        Facts = facts;
        Model = model;
        Engine = engine;
        Template = template;
        Prompts = new PromptTokens(model, template);
        int[] answer = [.. Enumerable.Range(0, model.Vocabulary.Count).Where(token => model.Vocabulary.Kind(token) is TokenKinds.None or TokenKinds.Named || model.Vocabulary.IsEnd(token))];
        AnswerTokens = new TokenMask(answer, model.Vocabulary.Count);
    }

    /// <summary>The name it was asked for by.</summary>
    public string Name { get; }

    /// <summary>What its file says.</summary>
    public ModelFacts Facts { get; }

    /// <summary>The weights and the vocabulary.</summary>
    public LlamaModel Model { get; }

    /// <summary>Runs it.</summary>
    public LlamaEngine Engine { get; }

    /// <summary>How it is spoken to.</summary>
    public ChatTemplate Template { get; }

    /// <summary>Turns conversations into its tokens.</summary>
    public PromptTokens Prompts { get; }

    /// <summary>The tokens that an answer in words consists of: text, and what ends it.</summary>
    public TokenMask AnswerTokens { get; }

    /// <summary>Calls of some tools, in the form and the tokens of this model; made once for a shortlist.</summary>
    public CallTokens CallsOf(Shortlist shortlist) => _calls.GetValue(shortlist, tools => new CallTokens(
        new CallProgram(Template.Calls, [.. tools.Tools.Select(tool => new TemplateTool(tool.WireName, tool.Tool.Description, tool.Tool.Schema))]), Model));

    /// <inheritdoc/>
    public void Dispose()
    {
        Engine.Dispose();
        Model.Dispose();
    }
}
