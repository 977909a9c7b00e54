using System.Text;
using System.Text.Json;
using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Hosting;
using Bridge.Pipeline;
using Bridge.Prompts;
using Bridge.Storage;
using Bridge.TestKit;
using Bridge.Tests.Pipeline;
using Bridge.Tools;
using Bridge.Traffic;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bridge.Tests.Traffic;

public sealed class JsonLinesTrafficLogTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly BridgeOptions _options = new() { Learning = { Record = true } };
    private readonly RecordingLogger<JsonLinesTrafficLog> _logger = new();

    private string TrafficPath => Path.Combine(_temporary.Path, "traffic");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Add_NotAskedFor_WritesNothing()
    {
        _options.Learning.Record = false;

        await AskAsync("Add 2 to 3.");

        Directory.Exists(TrafficPath).Should().BeFalse();
    }

    [Fact]
    public async Task Add_APromptWithACall_KeepsWhatWasSaidOfferedAndDone()
    {
        await AskAsync(Prompt.Create().System("Use tools.").User("Add 2 to 3."));

        JsonElement kept = (await ReadAsync()).Single().Json;
        kept.GetProperty("outcome").GetString().Should().Be("called");
        kept.GetProperty("caller").GetString().Should().NotBeNullOrEmpty();
        kept.GetProperty("messages").GetRawText().Should().Be("""[{"role":"system","content":"Use tools."},{"role":"user","content":"Add 2 to 3."}]""");
        kept.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("id").GetString()).Should().Equal("math/add", "math/multiply");
        kept.GetProperty("tools")[0].GetProperty("inputSchema").GetRawText().Should().Be(BridgeFixture.Numbers);
        kept.GetProperty("calls").GetRawText().Should().Be("""[{"name":"add","tool":"math/add","status":"succeeded","arguments":{"a":2,"b":3}}]""");
    }

    [Fact]
    public async Task Add_SecretsAndImages_AreNotKept()
    {
        const string Secret = "sk-abcdefghijklmnopqrstuvwxyz012345";
        _options.Redaction.Patterns.Add("badge-[0-9]+");
        var said = new ChatMessage(ChatRole.User, [new TextContent($"Send {Secret} to badge-77"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")]);
        var source = new FakeToolSource("post");
        source.Add("send", "sent", """{"type":"object","properties":{"text":{"type":"string"}}}""");

        await AskAsync(Prompt.Create().Append(said), source, ScriptedToolCaller.Call("send", $$"""{"text":"{{Secret}}"}"""));

        string line = File.ReadAllText(Directory.GetFiles(TrafficPath, "*.jsonl").Single());
        line.Should().Contain("Send [redacted] to [redacted]").And.Contain("""{"text":"[redacted]"}""");
        line.Should().NotContain(Secret).And.NotContain("badge-77").And.NotContain("image");
    }

    [Fact]
    public async Task Add_MoreThanMayBeKept_TheOldestGo()
    {
        _options.Learning.MaxBytes = 1024 * 1024;
        string padding = new('x', 20_000);

        await using (ServiceProvider services = Services())
        {
            await AskAsync(services, [.. Enumerable.Range(0, 120).Select(number => (Prompt)$"Add {number} {padding}")]);
        }

        Directory.GetFiles(TrafficPath, "*.jsonl").Sum(path => new FileInfo(path).Length).Should().BeInRange(512 * 1024, 1024 * 1024);
        List<KeptPrompt> kept = await ReadAsync();
        kept[^1].Json.GetProperty("messages")[0].GetProperty("content").GetString().Should().StartWith("Add 119 ");
        kept[0].Json.GetProperty("messages")[0].GetProperty("content").GetString().Should().NotStartWith("Add 0 ");
    }

    [Fact]
    public async Task Add_TheProcessBeforeDiedWhileItWrote_TheRestIsReadAndTheNextGoesOn()
    {
        await AskAsync("Add 2 to 3.");
        string segment = Directory.GetFiles(TrafficPath, "*.jsonl").Single();
        await File.AppendAllTextAsync(segment, """{"time":"2026-01-01T00:00:00Z","caller":"emb""");

        await AskAsync("Add 4 to 5.");

        var reader = new TrafficReader(DataFolder.Open(_temporary.Path));
        (await reader.ReadAsync().ToListAsync()).Should().HaveCount(2);
        reader.UnreadableLines.Should().Be(1);
        Directory.GetFiles(TrafficPath, "*.jsonl").Should().Equal(segment);
    }

    [Fact]
    public async Task Add_TheDiskRefuses_ThePromptIsAnsweredAndTheLogSaysIt()
    {
        File.WriteAllText(TrafficPath, "a file where the folder should be");

        Prompt answered = await AskAsync("Add 2 to 3.");

        answered.ToolCalling!.Outcome.Should().Be(Outcomes.PromptOutcome.Called);
        _logger.Entries.Should().Contain(entry => entry.Level == LogLevel.Warning && entry.Event.Name == "TrafficNotWritten");
    }

    [Fact]
    public async Task Add_APromptOfAMegabyte_IsLeftOutAndNamed()
    {
        await AskAsync("Add " + new string('x', JsonLinesTrafficLog.MaxLine));

        (await ReadAsync()).Should().BeEmpty();
        _logger.Entries.Should().Contain(entry => entry.Message.Contains("1048576 are allowed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Add_AnAnswerFromNoTool_IsNotKept()
    {
        await using ServiceProvider services = Services();
        await services.GetRequiredService<IToolCallBridge>().UpdateWithToolCall("Add 2 to 3.", context: CallContext.Local with { Mock = true });
        await services.DisposeAsync();

        Directory.Exists(TrafficPath).Should().BeFalse();
    }

    [Fact]
    public async Task Read_SinceATime_LeavesOutWhatEndedBefore()
    {
        Directory.CreateDirectory(TrafficPath);
        await File.WriteAllTextAsync(Path.Combine(TrafficPath, "traffic-20260101-1.jsonl"), Encoding.UTF8.GetString("""
            {"time":"2026-01-01T08:00:00Z","caller":"early"}
            {"time":"2026-01-01T10:00:00Z","caller":"late"}
            """u8));

        var reader = new TrafficReader(DataFolder.Open(_temporary.Path)) { Since = new DateTimeOffset(2026, 1, 1, 9, 0, 0, TimeSpan.Zero) };

        KeptPrompt kept = (await reader.ReadAsync().ToListAsync()).Should().ContainSingle().Subject;
        (kept.Place, kept.Json.GetProperty("caller").GetString()).Should().Be(("traffic-20260101-1.jsonl, line 2", "late"));
    }

    private async Task<Prompt> AskAsync(Prompt prompt, FakeToolSource? source = null, Proposal? proposal = null)
    {
        await using ServiceProvider services = Services(source, proposal);
        return (await AskAsync(services, prompt))[0];
    }

    private static async Task<List<Prompt>> AskAsync(ServiceProvider services, params Prompt[] prompts)
    {
        var answered = new List<Prompt>();
        foreach (Prompt prompt in prompts)
        {
            answered.Add(await services.GetRequiredService<IToolCallBridge>().UpdateWithToolCall(prompt));
        }

        return answered;
    }

    private ServiceProvider Services(FakeToolSource? source = null, Proposal? proposal = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ITrafficLog>(provider => new JsonLinesTrafficLog(
            DataFolder.Open(_temporary.Path), new ChangingOptions<BridgeOptions>(_options), TimeProvider.System, _logger));
        services.AddBridge().WithToolSource(source ?? BridgeFixture.Calculator()).ToolCaller(new ScriptedToolCaller(proposal ?? BridgeFixture.AddTwoAndThree));
        return services.BuildServiceProvider();
    }

    private async Task<List<KeptPrompt>> ReadAsync() => await new TrafficReader(DataFolder.Open(_temporary.Path)).ReadAsync().ToListAsync();
}
