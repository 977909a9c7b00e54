using System.Collections.Immutable;
using System.Text;
using Bridge.Calling;
using Bridge.Embedded;
using Bridge.Llama.Decoding;
using Bridge.Llama.Loading;
using Bridge.Schemas.Decoding;
using Bridge.Shortlisting;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Bench;

/// <summary>A question ready to be answered by a model: its tokens, its tools, and the text of the call that is right.</summary>
internal sealed class BenchCase
{
    private static readonly EmbeddedToolCaller s_guesser = new(TimeProvider.System);

    private readonly PromptDrafts _drafts;

    private BenchCase(LoadedModel model, Shortlist tools, ReferenceCall reference, string body)
    {
        Calls = model.CallsOf(tools);
        Body = body;
        ChatMessage[] messages = [new(ChatRole.User, reference.Question)];
        Prompt = model.Prompts.Of(messages, Calls.Program.Tools, thinks: false, default);
        Stable = model.Prompts.StablePrefix(Prompt, messages, Calls.Program.Tools, default);
        _drafts = Guess(tools, reference.Question);
    }

    /// <summary>The tools, in the model's tokens.</summary>
    public CallTokens Calls { get; }

    /// <summary>The prompt's tokens.</summary>
    public int[] Prompt { get; }

    /// <summary>Those of them that stand before the question.</summary>
    public int Stable { get; }

    /// <summary>The call as the model's form writes it.</summary>
    public string Body { get; }

    /// <summary>Draws calls and the tools around them.</summary>
    public static IReadOnlyList<BenchCase> Draw(LoadedModel model, BenchPlan plan)
    {
        var random = new Random(plan.Seed);
        var cases = new List<BenchCase>();
        while (cases.Count < plan.Calls)
        {
            ReferenceCall[] drawn = [.. plan.References];
            random.Shuffle(drawn);
            drawn = [.. drawn.DistinctBy(call => call.Tool.Id).Take(plan.Tools)];
            var tools = Shortlist.Of([.. drawn.Select(call => call.Tool)]);
            int before = cases.Count;
            cases.AddRange(drawn.Select((call, i) => Of(model, tools, call, i)).OfType<BenchCase>());
            if (cases.Count == before)
            {
                throw new InvalidDataException("None of the reference calls can be written under the schemas of their tools.");
            }
        }

        return cases[..plan.Calls];
    }

    /// <summary>Writes the call.</summary>
    /// <param name="settings">How.</param>
    /// <param name="guesses">Whether what follows is guessed from the question.</param>
    /// <param name="readBefore">Whether the question is kept with the tools, to have been read when it is asked again.</param>
    public CallGeneration Write(DecodingSettings settings, bool guesses, bool readBefore) =>
        new(Prompt, readBefore ? Prompt.Length - 1 : Stable, Calls, settings, new ReferenceChooser(Body, Calls), guesses ? _drafts : null);

    private static BenchCase? Of(LoadedModel model, Shortlist tools, ReferenceCall call, int index)
    {
        CallProgram program = model.CallsOf(tools).Program;
        string body = DraftBody.Write(program, tools.Tools[index].WireName, call.Arguments)!;
        byte[] text = Encoding.UTF8.GetBytes(body);
        return program.Body(0).Start.Take(text, out DecodingState end) == text.Length && end.CanEnd ? new BenchCase(model, tools, call, body) : null;
    }

    private PromptDrafts Guess(Shortlist tools, string question)
    {
        ImmutableArray<ProposedCall> guessed = s_guesser.ProposeAsync(new ProposalRequest(question, tools) { Choice = ToolChoice.Required }, default).Result.Calls;
        return new PromptDrafts(guessed.Select(call => DraftBody.Write(Calls.Program, call.WireName, System.Text.Json.JsonElement.Parse(call.Arguments.Span))).OfType<string>(), question);
    }
}
