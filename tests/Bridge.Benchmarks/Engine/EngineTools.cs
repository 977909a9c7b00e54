using System.Text.Json;
using Bridge.Calling;
using Bridge.Embedded;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;
using Bridge.Llama.Templates;
using Bridge.Schemas.Automata;
using Bridge.Shortlisting;

namespace Bridge.Benchmarks.Engine;

/// <summary>Eight tools as a model is told of them.</summary>
internal sealed class EngineTools
{
    private static readonly EmbeddedToolCaller s_embedded = new(TimeProvider.System);

    private readonly Shortlist _shortlist;

    public EngineTools(Shortlist shortlist, LlamaModel model)
    {
        _shortlist = shortlist;
        var form = new CallForm
        {
            Name = "Hermes",
            Opening = "<tool_call>\n",
            Call = [new CallPiece.Literal("{\"name\": \""), new CallPiece.ToolName(), new CallPiece.Literal("\", \"arguments\": "), new CallPiece.Arguments(), new CallPiece.Literal("}")],
            Separator = "\n</tool_call>\n<tool_call>\n",
            Closing = "\n</tool_call>",
        };
        Tokens = new CallTokens(new CallProgram(form, [.. shortlist.Tools.Select(tool => new TemplateTool(tool.WireName, tool.Tool.Description, tool.Tool.Schema))]), model);
        var prefix = new List<int>();
        model.Tokenizer.Write("<|im_start|>system\nYou call tools.\n<tools>\n" + string.Join('\n', shortlist.Tools.Select(Describe)) + "\n</tools><|im_end|>\n", prefix, special: true);
        Prefix = [.. prefix];
    }

    public CallTokens Tokens { get; }

    public int[] Prefix { get; }

    public string Body(int tool, JsonElement arguments) =>
        $$"""{"name": "{{_shortlist.Tools[tool].WireName}}", "arguments": {{DraftJson.Write(arguments, _shortlist.Tools[tool].Tool.InputSchema, JsonStyle.Spaced)}}}""";

    public IEnumerable<string> Guess(string question) =>
        s_embedded.ProposeAsync(new ProposalRequest(question, _shortlist) { Choice = ToolChoice.Required }, default).Result.Calls.Select(call => Body(
            _shortlist.Tools.ToList().FindIndex(tool => tool.WireName == call.WireName), JsonElement.Parse(call.Arguments.Span)));

    private static string Describe(ShortlistedTool tool) => JsonSerializer.Serialize(new
    {
        type = "function",
        function = new { name = tool.WireName, description = tool.Tool.Description, parameters = tool.Tool.InputSchema },
    });
}
