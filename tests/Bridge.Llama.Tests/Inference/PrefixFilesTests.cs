using System.Text;
using Bridge.Configuration;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;
using Bridge.Llama.Loading;
using Bridge.Llama.Tests.Decoding;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Inference;

/// <summary>Beginnings of prompts in files: an engine that is started again has them, and damaged ones do no harm.</summary>
public sealed class PrefixFilesTests : IDisposable
{
    private const long Plenty = 64 << 20;

    private static readonly CallProgram s_program = CallForms.Hermes(
        ("add", """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a","b"]}"""));

    private static readonly string s_tools = string.Concat(Enumerable.Range(0, 60).Select(i => $"Tool number {i} adds values to the list of dates. "));
    private static readonly byte[] s_model = new byte[32];

    private readonly TemporaryFolder _folder = new();

    private string[] Files => Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);

    [Fact]
    public async Task RunAsync_AfterARestart_ReadsItsOwnTextOnly()
    {
        (CallGeneration first, _) = await RunAsync("one");
        (CallGeneration second, EngineStatistics statistics) = await RunAsync("two");
        (CallGeneration again, _) = await RunAsync("one");

        first.SharedTokens.Should().Be(0);
        first.StablePrefix.Should().BeGreaterThan(500);
        second.SharedTokens.Should().Be(second.StablePrefix);
        statistics.SharedTokens.Should().Be(second.StablePrefix);
        Text(again).Should().Be(Text(first), "what was read back is what was read");
        Files.Should().ContainSingle();
    }

    [Fact]
    public async Task RunAsync_AnotherModel_DoesNotUseTheFile()
    {
        await RunAsync("one");

        (CallGeneration second, _) = await RunAsync("two", model: [1, .. new byte[31]]);

        second.SharedTokens.Should().Be(0);
        Files.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("magic")]
    [InlineData("count")]
    [InlineData("tokens")]
    [InlineData("state")]
    [InlineData("hash")]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("other model")]
    public async Task RunAsync_ADamagedFile_IsIgnoredAndRemoved(string damage)
    {
        (CallGeneration whole, _) = await RunAsync("one");
        string file = Files.Single();
        byte[] bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, Damage(bytes, damage, whole.StablePrefix));
        using var files = new PrefixFiles(_folder.Path, s_model, Plenty);

        StoredPrefix? found = files.Find(whole.Prompt, 1, whole: false);
        (found is null || files.Read(found).IsEmpty).Should().BeTrue();
        Files.Should().BeEmpty();
        files.Find(whole.Prompt, 1, whole: false).Should().BeNull();
        await File.WriteAllBytesAsync(file, Damage(bytes, damage, whole.StablePrefix));

        (CallGeneration again, _) = await RunAsync("one");

        again.SharedTokens.Should().Be(0);
        Text(again).Should().Be(Text(whole));
        (await File.ReadAllBytesAsync(Files.Single())).Length.Should().Be(bytes.Length, "it is written anew");
    }

    [Fact]
    public async Task RunAsync_MoreThanTheLimit_RemovesTheOldest()
    {
        await RunAsync("x", tools: "A" + s_tools);
        string oldest = Files.Single();
        File.SetLastWriteTimeUtc(oldest, DateTime.UtcNow.AddHours(-1));
        long limit = new FileInfo(oldest).Length * 5 / 2;

        await RunAsync("x", limit, tools: "B" + s_tools);
        File.SetLastWriteTimeUtc(Files.Single(file => file != oldest), DateTime.UtcNow.AddMinutes(-30));
        (CallGeneration used, _) = await RunAsync("x", limit, tools: "A" + s_tools);
        used.SharedTokens.Should().Be(used.StablePrefix);
        await RunAsync("x", limit, tools: "C" + s_tools);

        Files.Should().HaveCount(2).And.Contain(oldest, "it was used after the other");
    }

    [Fact]
    public async Task RunAsync_AStateBeyondTheLimit_IsNotWritten()
    {
        await RunAsync("one", limit: 1000);

        Files.Should().BeEmpty();
    }

    [Fact]
    public async Task Load_WithBytesForFiles_KeepsThemInTheDataFolder()
    {
        InstalledRuntime.Require();
        var options = new LlamaOptions { ContextTokens = 8192, Threads = 1, PrefixFileBytes = Plenty };
        int[] shared = new int[2];
        for (int i = 0; i < 2; i++)
        {
            using LoadedModel model = ModelLoader.Load("tiny", TinyModels.File, options, _folder.Path);
            CallGeneration generation = Ask($"{i}", s_tools);
            await model.Engine.RunAsync(generation, CancellationToken.None);
            shared[i] = generation.SharedTokens - (i * generation.StablePrefix);
        }

        shared.Should().Equal(0, 0);
        Directory.GetFiles(Path.Combine(_folder.Path, "llama-prefixes"), "*.prefix", SearchOption.AllDirectories).Should().ContainSingle();
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Damage(byte[] bytes, string damage, int tokens)
    {
        byte[] damaged = [.. bytes];
        switch (damage)
        {
            case "magic":
                damaged[0]++;
                break;
            case "count":
                damaged[11] = 0x7F;
                break;
            case "tokens":
                damaged[12 + (tokens * 4) - 4]++;
                break;
            case "state":
                damaged[^1000]++;
                break;
            case "hash":
                damaged[^1]++;
                break;
            case "cut":
                return damaged[..(damaged.Length / 2)];
            case "empty":
                return [];
            default:
                string path = Path.GetTempFileName();
                StoredPrefix.Write(path, [1, .. new byte[31]], TinyModels.Tokens($"<|im_start|>system\n{s_tools}<|im_end|>\n"), new byte[1000]);
                damaged = File.ReadAllBytes(path);
                File.Delete(path);
                break;
        }

        return damaged;
    }

    private static CallGeneration Ask(string question, string tools)
    {
        int[] prefix = TinyModels.Tokens($"<|im_start|>system\n{tools}<|im_end|>\n");
        int[] rest = TinyModels.Tokens($"<|im_start|>user\n{question}<|im_end|>\n<|im_start|>assistant\n");
        return new CallGeneration([.. prefix, .. rest], prefix.Length, new CallTokens(s_program, TinyModels.Require()),
            new DecodingSettings { Required = true, MaxTokens = 200 });
    }

    private static string Text(CallGeneration generation) => Encoding.UTF8.GetString(generation.Calls.Single().Body.Span);

    /// <summary>Starts an engine, asks it once and ends it.</summary>
    private async Task<(CallGeneration Generation, EngineStatistics Statistics)> RunAsync(string question, long limit = Plenty, byte[]? model = null, string? tools = null)
    {
        LlamaModel loaded = TinyModels.Require();
        var options = new ModelOptions { ContextTokens = 8192, Threads = 1 };
        using var engine = new LlamaEngine(LlamaContext.Create(loaded, options), options, "tiny", loaded.CanForget, new PrefixFiles(_folder.Path, model ?? s_model, limit));
        CallGeneration generation = Ask(question, tools ?? s_tools);
        await engine.RunAsync(generation, TestContext.Current.CancellationToken);
        return (generation, engine.Statistics);
    }
}
