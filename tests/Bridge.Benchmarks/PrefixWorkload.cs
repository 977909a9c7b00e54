using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;
using Bridge.Llama.Loading;
using Bridge.Llama.Runtimes;
using Bridge.Llama.Synthesis;
using Bridge.Llama.Templates;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.TestKit.Gguf;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Benchmarks;

/// <summary>How much of the prompts is shared where every question has tools of its own: 200 tools, eight of them picked for each.</summary>
internal static class PrefixWorkload
{
    private const int Tools = 200;
    private const int Questions = 400;

    public static async Task RunAsync()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("bridge-bench-").FullName, "tiny.gguf");
        using (FileStream written = File.Create(file))
        {
            RandomModel.Create(TinyModel.Shape with { Context = 65_536 }, GgufTensorType.F16, TinyModel.Vocabulary(), seed: 11).Write(written);
        }

        LlamaRuntime.Load(LlamaRuntime.Find(configured: null, dataFolder: null));
        using var model = LlamaModel.Load(file, gpuLayers: 0);
        var template = ChatTemplate.Parse(Bridge.Llama.Gguf.ModelFacts.Read(file).Tokenizer.ChatTemplate!, new ControlTexts("", ""));
        var prompts = new PromptTokens(model, template);
        (ImmutableArray<Tool> tools, List<string> questions) = Draw(TestData.Require("eval/retrieval"));
        foreach ((string name, int context) in new[] { ("8,192 tokens of context", 8_192), ("16,384", 16_384) })
        {
            var options = new ModelOptions { ContextTokens = context, Threads = 1, CachedPrefixes = 128 };
            using var engine = new LlamaEngine(LlamaContext.Create(model, options), options, "tiny", model.CanForget);
            await Parallel.ForEachAsync(questions, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (question, stop) =>
                await engine.RunAsync(Ask(question, tools, prompts, template, model), stop));
            EngineStatistics all = engine.Statistics;
            Console.WriteLine($"{name}: of {all.PromptTokens / all.Prompts} tokens a prompt, {100 * all.HitRate:F0} % had been read before ({questions.Count} questions, {questions.Distinct().Count()} of them different).");
        }
    }

    private static CallGeneration Ask(string question, ImmutableArray<Tool> tools, PromptTokens prompts, ChatTemplate template, LlamaModel model)
    {
        var shortlist = Shortlist.Of(new RankedShortlister().Pick(question, tools, 8));
        var program = new CallProgram(template.Calls, [.. shortlist.Tools.Select(tool => new TemplateTool(tool.WireName, tool.Tool.Description, tool.Tool.Schema))]);
        ChatMessage[] messages = [new(ChatRole.User, question)];
        int[] prompt = prompts.Of(messages, program.Tools, thinks: false, default);
        return new CallGeneration(
            prompt, prompts.StablePrefix(prompt, messages, program.Tools, default), new CallTokens(program, model), new DecodingSettings { Required = true, MaxTokens = 24 });
    }

    private static (ImmutableArray<Tool> Tools, List<string> Questions) Draw(string folder)
    {
        Dictionary<string, Tool> all = File.ReadLines(Path.Combine(folder, "tools.jsonl")).Select(line => JsonElement.Parse(line))
            .DistinctBy(tool => tool.GetProperty("name").GetString()).ToDictionary(
                tool => tool.GetProperty("name").GetString()!,
                tool => Tool.Create(new ToolId("eval", tool.GetProperty("name").GetString()!), tool.GetProperty("description").GetString(), tool.GetProperty("inputSchema")));
        var random = new Random(11);
        JsonElement[] queries = [.. File.ReadLines(Path.Combine(folder, "queries-dev.jsonl")).Select(line => JsonElement.Parse(line))];
        random.Shuffle(queries);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement query in queries.TakeWhile(_ => names.Count < Tools))
        {
            names.UnionWith(query.GetProperty("relevant").EnumerateArray().Select(name => name.GetString()!).Where(all.ContainsKey));
        }

        string[] fitting = [.. queries.Where(query => query.GetProperty("relevant").EnumerateArray().All(name => names.Contains(name.GetString()!)))
            .Select(query => query.GetProperty("query").GetString()!)];

        // People ask for some things more often than for others: the n-th most common with a share of 1/n.
        double[] shares = [.. Enumerable.Range(1, fitting.Length).Select(rank => 1.0 / rank)];
        double total = shares.Sum();
        List<string> questions = [.. Enumerable.Range(0, Questions).Select(_ => fitting[Pick(shares, random.NextDouble() * total)])];
        return ([.. names.Order(StringComparer.Ordinal).Take(Tools).Select(name => all[name])], questions);
    }

    private static int Pick(double[] shares, double point)
    {
        int index = 0;
        while (index < shares.Length - 1 && (point -= shares[index]) > 0)
        {
            index++;
        }

        return index;
    }
}
