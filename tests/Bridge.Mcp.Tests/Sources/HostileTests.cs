using System.Diagnostics;
using System.Text.Json;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Sources;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.Tools;

namespace Bridge.Mcp.Tests.Sources;

/// <summary>Every way a server can misbehave hurts this server only; the calculator beside it always answers.</summary>
public sealed class HostileTests
{
    private static readonly ConnectionOptions s_fast = new() { FirstRetry = TimeSpan.FromMilliseconds(20), LastRetry = TimeSpan.FromMilliseconds(200) };

    [Theory]
    [InlineData("garbage")]
    [InlineData("flood-stderr")]
    [InlineData("old-version")]
    [InlineData("newest-only")]
    [InlineData("stubborn")]
    [InlineData("hang-discover")]
    [InlineData("empty-discover")]
    [InlineData("wrong-discover")]
    [InlineData("dies-of-discover")]
    [InlineData("other-revision")]
    [InlineData("busy-rounds")]
    [Trait("Attack", "P4")]
    public async Task CallAsync_UglyButWorking_Answers(string mode)
    {
        await using McpServers servers = Beside(TestServers.Hostile(mode));
        McpToolSource source = await servers.ReadyAsync("hostile");

        (await source.CallAsync("echo", """{"text":"hello"}""")).ToText().Should().Be("hello");
    }

    [Theory]
    [InlineData("endless-rounds", "*asked 16 times in a row*")]
    [InlineData("empty-rounds", "*asks for input and does not say for which*")]
    [InlineData("many-rounds", "*asks more than 64 things at once*")]
    [InlineData("foreign-rounds", "*asks for 'tools/call', which is not a question to a client*")]
    [InlineData("broken-rounds", "*asks 'elicitation/create' in a form that cannot be read*")]
    [InlineData("asks-by-itself", "told -32601")]
    public async Task CallAsync_AsksAgainstTheRules_IsNotAsked(string mode, string expected)
    {
        await using McpServers servers = Beside(TestServers.Hostile(mode));
        McpToolSource source = await servers.ReadyAsync("hostile");
        var person = new Interaction("{}", "sampled");

        ToolResult result = await source.CallAsync("echo", "{}", CallContext.Local with { Interaction = person }, TestContext.Current.CancellationToken);

        result.ToText().Should().Match(expected);
        person.Questions.Count.Should().BeLessThanOrEqualTo(mode == "endless-rounds" ? 15 : 0);
    }

    [Fact]
    public async Task CallAsync_QuestionOfAServerWithoutSessions_IsPutToThePersonOfTheCallAlone()
    {
        await using McpServers servers = Beside(TestServers.Hostile("one-round"));
        McpToolSource source = await servers.ReadyAsync("hostile");
        Interaction ann = new("""{"name":"ann"}"""), bob = new("""{"name":"bob"}""");

        ToolResult[] results = await Task.WhenAll(
            source.CallAsync("echo", "{}", CallContext.Local with { Interaction = ann }, TestContext.Current.CancellationToken),
            source.CallAsync("echo", "{}", CallContext.Local with { Interaction = bob, Identity = new ClientIdentity("bob") }, TestContext.Current.CancellationToken));

        results.Select(result => result.ToText()).Should().Equal("ann", "bob");
        ann.Questions.Should().ContainSingle();
        bob.Questions.Should().ContainSingle();
    }

    [Theory]
    [InlineData("hang-initialize", "*did not answer 'initialize' within 3 s*")]
    [InlineData("hang-list", "*did not answer 'tools/list' within 3 s*")]
    [InlineData("exit-at-once", "*ended with code 3*fatal: the licence key is missing*")]
    [InlineData("endless-list", "*list of tools has no end*")]
    public async Task Status_NeverReady_SaysWhyAndTheNeighbourWorks(string mode, string expected)
    {
        await using McpServers servers = Beside(TestServers.Hostile(mode) with { StartTimeout = TimeSpan.FromSeconds(3) });

        await servers.WaitUntilSettledAsync(CancellationToken.None).WaitAsync(Servers.Patience);

        McpToolSource hostile = servers.Find("hostile")!;
        await hostile.UntilAsync(() => hostile.Status.Detail is not null);
        hostile.Status.Detail.Should().Match(expected);
        (await servers.Find("calculator")!.CallAsync("add", """{"a":2,"b":3}""")).ToText().Should().Be("5");
    }

    [Fact]
    public async Task Status_MissingBinary_NamesItAndTheCure()
    {
        await using McpServers servers = Beside(McpServerConfig.Stdio("hostile", "no-such-command-here"));

        await servers.WaitUntilSettledAsync(CancellationToken.None).WaitAsync(Servers.Patience);

        servers.Find("hostile")!.Status.Detail.Should().Match("*'no-such-command-here' is not in PATH*whole path*");
    }

    [Fact]
    [Trait("Attack", "P4")]
    public async Task CallAsync_ServerExitsMidCall_IsALostAnswerAndTheServerComesBack()
    {
        await using McpServers servers = Beside(TestServers.Hostile("exit-mid-call"));
        McpToolSource source = await servers.ReadyAsync("hostile");

        Func<Task> call = () => source.CallAsync("echo", "{}");

        (await call.Should().ThrowAsync<ToolSourceException>().WithMessage("*answer was lost*ended with code 7*")).Which.Sent.Should().BeTrue();
        await source.UntilAsync(() => source.Status == SourceStatus.Ready);
    }

    [Fact]
    [Trait("Attack", "P4")]
    [Trait("Attack", "H9")]
    public async Task CallAsync_MessageWithoutEnd_FailsThisServerOnly()
    {
        var small = s_fast with { MaxMessageBytes = 1_000_000 };
        await using McpServers servers = Servers.Of(small, TestServers.Hostile("endless-line"), TestServers.Calculator());
        McpToolSource source = await servers.ReadyAsync("hostile");

        Func<Task> call = () => source.CallAsync("echo", "{}");

        (await call.Should().ThrowAsync<ToolSourceException>()).Which.Sent.Should().BeTrue();
        (await servers.Find("calculator")!.CallAsync("add", """{"a":2,"b":3}""")).ToText().Should().Be("5");
    }

    [Fact]
    public async Task CallAsync_HangingTool_EndsWithTheCaller()
    {
        await using McpServers servers = Beside(TestServers.Hostile("hang-call"));
        McpToolSource source = await servers.ReadyAsync("hostile");
        using var cancel = new CancellationTokenSource();

        Task<ToolResult> call = source.CallAsync("echo", "{}", CallContext.Local, cancel.Token);
        await cancel.CancelAsync();

        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
        source.Status.Should().Be(SourceStatus.Ready);
    }

    [Fact]
    public async Task CallAsync_ResultOf50Megabytes_Arrives()
    {
        await using McpServers servers = Beside(TestServers.Hostile("big-result"));
        McpToolSource source = await servers.ReadyAsync("hostile");

        (await source.CallAsync("echo", "{}")).ToText().Length.Should().Be(50_000_000);
    }

    [Fact]
    public async Task CallAsync_InvalidUtf8_IsReadWithMarks()
    {
        await using McpServers servers = Beside(TestServers.Hostile("bad-utf8"));
        McpToolSource source = await servers.ReadyAsync("hostile");

        (await source.CallAsync("echo", "{}")).ToText().Should().StartWith("a\uFFFD").And.EndWith("b");
    }

    [Fact]
    public async Task CallAsync_ProtocolError_IsTheToolsError()
    {
        await using McpServers servers = Beside(TestServers.Hostile("refuse"));
        McpToolSource source = await servers.ReadyAsync("hostile");

        ToolResult result = await source.CallAsync("echo", "{}");

        result.IsError.Should().BeTrue();
        result.ToText().Should().Contain("-32602").And.Contain("No such thing");
    }

    [Fact]
    public async Task CallAsync_AnswerThatIsNoResult_IsALostAnswer()
    {
        await using McpServers servers = Beside(TestServers.Hostile("nonsense"));
        McpToolSource source = await servers.ReadyAsync("hostile");

        Func<Task> call = () => source.CallAsync("echo", "{}");

        (await call.Should().ThrowAsync<ToolSourceException>()).Which.Sent.Should().BeTrue();
    }

    [Fact]
    [Trait("Attack", "J6")]
    public async Task ListAsync_BrokenSchemas_AreQuarantinedBesideTheGood()
    {
        await using McpServers servers = Beside(TestServers.Hostile("broken-schema"));
        McpToolSource source = await servers.ReadyAsync("hostile");

        ToolListing listing = await source.ListAsync();

        listing.Tools.Select(tool => tool.Id.Name).Should().Equal("good", "also-good");
        listing.Quarantined.Select(tool => tool.Id.Name).Should().Equal("array", "none", "text", "");
        listing.Quarantined.Should().OnlyContain(tool => tool.Reason.EndsWith('.'));
    }

    [Fact]
    [Trait("Attack", "J6")]
    public async Task J6_ListAsync_HostileSchemas_AreQuarantinedWithTheirReasonsAndTheNeighboursAnswer()
    {
        await using McpServers servers = Beside(TestServers.Hostile("hostile-schemas"));
        McpToolSource source = await servers.ReadyAsync("hostile");

        ToolListing listing = await source.ListAsync();

        listing.Tools.Select(tool => tool.Id.Name).Should().Equal("good", "cut-short", "also-good");
        listing.Tools[1].Description.Should().Be("cut in \uFFFD");
        var reasons = listing.Quarantined.ToDictionary(tool => tool.Id.Name, tool => tool.Reason);
        reasons.Should().HaveCount(10).And.OnlyContain(entry => entry.Value.EndsWith('.') && entry.Value.Length < 500);
        reasons["fetch-http"].Should().Contain("schemas are never fetched");
        reasons["fetch-file"].Should().Contain("schemas are never fetched");
        reasons["circle"].Should().Contain("refers to itself without end");
        reasons["many-items"].Should().Contain("no call can carry");
        reasons["big-enum"].Should().Contain("5000");
        reasons["many-values"].Should().Contain("more than 10000 values");
        reasons["wide"].Should().Contain("more than 20000 subschemas");
        reasons["twice"].Should().Contain("has a member twice");
        reasons["broken-pattern"].Should().Contain("regular expression of ECMA-262");
        reasons["no-such-type"].Should().Contain("'any'");
        (await source.CallAsync("good", """{"text":"hello"}""")).ToText().Should().Be("hello");
        (await servers.Find("calculator")!.CallAsync("add", """{"a":2,"b":3}""")).ToText().Should().Be("5");
    }

    [Fact]
    [Trait("Attack", "M3")]
    public async Task ListAsync_DuplicateNames_AreQuarantinedBesideTheOthers()
    {
        await using McpServers servers = Beside(TestServers.Hostile("duplicates"));
        McpToolSource source = await servers.ReadyAsync("hostile");

        ToolListing listing = await source.ListAsync();

        listing.Tools.Should().ContainSingle().Which.Id.Name.Should().Be("other");
        listing.Quarantined.Should().ContainSingle().Which.Reason.Should().Contain("2 tools named 'same'");
    }

    [Fact]
    public async Task ListAsync_Pages_AreJoined()
    {
        await using McpServers servers = Beside(TestServers.Hostile("pages"));
        McpToolSource source = await servers.ReadyAsync("hostile");

        (await source.ListAsync()).Tools.Select(tool => tool.Id.Name).Should().Equal("first", "echo");
    }

    [Fact]
    [Trait("Attack", "M4")]
    public async Task ListAsync_LyingAnnotations_ArePassedOnAsTheyAre()
    {
        await using McpServers servers = Beside(TestServers.Hostile("lies"));
        McpToolSource source = await servers.ReadyAsync("hostile");

        (await source.ListAsync()).Tools[0].Annotations.Should().Be(new ToolAnnotations { ReadOnly = true, Destructive = true });
    }

    [Fact]
    [Trait("Attack", "P4")]
    public async Task StopAsync_StubbornServerWithGrandchild_LeavesNothingBehind()
    {
        await using McpServers servers = Beside(TestServers.Hostile("stubborn"));
        McpToolSource source = await servers.ReadyAsync("hostile");
        int[] processes = [.. (await source.CallAsync("echo", "{}")).ToText().Split(' ').Select(int.Parse)];
        processes.Should().HaveCount(2).And.OnlyContain(id => IsAlive(id));

        await servers.StopAsync(CancellationToken.None).WaitAsync(Servers.Patience);

        SpinWait.SpinUntil(() => !processes.Any(IsAlive), TimeSpan.FromSeconds(10)).Should().BeTrue("the whole group was killed");
    }

    [Fact]
    [Trait("Attack", "P4")]
    public async Task CallAsync_ServerKilled_IsRecovered()
    {
        await using McpServers servers = Beside(TestServers.Hostile("good"));
        McpToolSource source = await servers.ReadyAsync("hostile");
        int first = await ProcessIdAsync(source);

        using (var process = Process.GetProcessById(first))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        int second = await ProcessIdAsync(source);
        second.Should().NotBe(first);
        IsAlive(second).Should().BeTrue();
    }

    [Fact]
    [Trait("Attack", "P5")]
    public async Task CallAsync_FiftyFirstCallsAtOnce_StartOneProcess()
    {
        await using McpServers servers = Servers.Of(s_fast, TestServers.Hostile("good"));
        await servers.StartAsync(CancellationToken.None);
        McpToolSource source = servers.Find("hostile")!;

        int[] processes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ProcessIdAsync(source)));

        processes.Distinct().Should().ContainSingle();
    }

    [Fact]
    [Trait("Attack", "P3")]
    public async Task Start_Environment_HoldsTheAllowedAndTheConfiguredOnly()
    {
        Environment.SetEnvironmentVariable("BRIDGE_TEST_SECRET", "not for children");
        McpServerConfig config = TestServers.Hostile("environment");
        await using McpServers servers = Servers.Of(config with { Environment = config.Environment.Add("GIVEN", "yes") });
        McpToolSource source = await servers.ReadyAsync("hostile");

        JsonElement seen = JsonElement.Parse((await source.CallAsync("echo", "{}")).ToText());

        string[] names = [.. seen.EnumerateObject().Select(variable => variable.Name)];
        names.Should().Contain("PATH").And.Contain("GIVEN").And.NotContain("BRIDGE_TEST_SECRET");
        names.Should().OnlyContain(name => name == "GIVEN"
            || new[] { "PATH", "HOME", "USER", "LANG", "TMPDIR", "TERM", "SHELL" }.Contains(name)
            || name.StartsWith("LC_", StringComparison.Ordinal) || name.StartsWith("XDG_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WorkingDirectory_IsTheConfiguredOne()
    {
        string folder = Path.GetTempPath().TrimEnd('/');
        await using McpServers servers = Servers.Of(TestServers.Hostile("folder") with { WorkingDirectory = folder });
        McpToolSource source = await servers.ReadyAsync("hostile");

        (await source.CallAsync("echo", "{}")).ToText().Should().Be(folder);
    }

    private static McpServers Beside(McpServerConfig hostile) => Servers.Of(s_fast, hostile, TestServers.Calculator());

    private static async Task<int> ProcessIdAsync(McpToolSource source) =>
        int.Parse((await source.CallAsync("echo", "{}")).ToText().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsAlive(int id)
    {
        // A zombie that nobody reaped yet is dead.
        string status = $"/proc/{id}/stat";
        try
        {
            return File.Exists(status) ? !File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal) : !OperatingSystem.IsLinux() && Process.GetProcessById(id) is not null;
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            return false;
        }
    }
}
