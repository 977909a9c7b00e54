using Bridge.Configuration;
using Bridge.Policy;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Tests.Policy;

public sealed class ToolRulesTests
{
    [Theory]
    [InlineData("files/read", "files/read", true)]
    [InlineData("files/read", "files/Read", false)]
    [InlineData("files/read", "files/read2", false)]
    [InlineData("files/*", "files/read", true)]
    [InlineData("files/*", "files/a/b", true)]
    [InlineData("files/*", "file/read", false)]
    [InlineData("*", "files/read", true)]
    [InlineData("*/read_*", "files/read_all", true)]
    [InlineData("*/read_?", "files/read_12", false)]
    [InlineData("*/read_??", "files/read_12", true)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b", "ab/abab", true)]
    [InlineData("*a*c", "ab/abab", false)]
    [InlineData("", "a", false)]
    public void Matches_APattern_FitsWholeIds(string pattern, string id, bool fits) =>
        new ToolPattern(pattern).Matches(id).Should().Be(fits);

    [Fact]
    public void Matches_AHostileGlob_StaysQuick() =>
        new ToolPattern(string.Concat(Enumerable.Repeat("*a", 50)) + "b").Matches(new string('a', 5000)).Should().BeFalse();

    [Fact]
    public void For_NothingConfigured_IsTheDefault() => new ToolRules([]).For(new ToolId("a", "b")).Should().Be(ToolRule.None);

    [Fact]
    public void For_NoEntryFits_IsTheDefault() => Rules(("x/*", new() { Deny = true })).For(new ToolId("a", "b")).Should().Be(ToolRule.None);

    [Fact]
    public void For_SeveralEntries_TheMostSpecificWinsForEachSetting()
    {
        ToolRules rules = Rules(
            ("*", new() { Deny = true, Timeout = TimeSpan.FromSeconds(1), Repair = false }),
            ("files/*", new() { Timeout = TimeSpan.FromSeconds(2), Approval = ApprovalRule.Ask }),
            ("files/read", new() { Deny = false, MaxResultBytes = 7 }));

        rules.For(new ToolId("files", "read")).Should().Be(new ToolRule
        {
            Deny = false,
            Timeout = TimeSpan.FromSeconds(2),
            Repair = false,
            Approval = ApprovalRule.Ask,
            MaxResultBytes = 7,
        });
        rules.For(new ToolId("files", "write")).Deny.Should().BeTrue();
    }

    [Fact]
    public void For_GlobsThatSayEquallyMuch_TheOneThatSortsFirstWins()
    {
        ToolRules rules = Rules(("?iles/read", new() { Deny = true }), ("*iles/read", new() { Deny = false }));

        rules.For(new ToolId("files", "read")).Deny.Should().BeFalse("'*' sorts before '?'");
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(null, true, true)]
    [InlineData(false, true, true)]
    [InlineData(null, null, false)]
    public void For_ReadOnlyOrParallel_RunsBesideOthers(bool? readOnly, bool? parallel, bool beside) =>
        Rules(("a/b", new() { ReadOnly = readOnly, Parallel = parallel, Idempotent = true })).For(new ToolId("a", "b"))
            .Should().Be(new ToolRule { ReadOnly = readOnly ?? false, RunsBesideOthers = beside, Idempotent = true });

    [Fact]
    [Trait("Attack", "M4")]
    public void For_ATool_IsRememberedAndNeverTakenFromHints()
    {
        var source = new FakeToolSource();
        Tool tool = source.Add("read", annotations: new ToolAnnotations { ReadOnly = true });
        ToolRules rules = Rules(("fake/*", new() { Timeout = TimeSpan.FromSeconds(3) }));

        rules.For(tool).RunsBesideOthers.Should().BeFalse();
        rules.For(tool).Should().BeSameAs(rules.For(tool));
    }

    [Fact]
    public void Current_OptionsChange_IsCompiledAnewAndOldOptionsObjectsHaveNoSay()
    {
        var options = new BridgeOptions();
        options.Tools["a/b"] = new ToolOptions { Deny = true };
        var monitor = new ChangingOptions<BridgeOptions>(options);
        var logger = new RecordingLogger<RulesMonitor>();
        using (var rules = new RulesMonitor(monitor, new PolicyState(), logger))
        {
            options.Tools["a/b"].Deny = false;
            rules.Current.Tools.For(new ToolId("a", "b")).Deny.Should().BeTrue("the rules are a copy");

            var next = new BridgeOptions();
            next.Tools["add"] = new ToolOptions { Deny = true };
            monitor.Change(next);

            rules.Current.Tools.For(new ToolId("a", "b")).Deny.Should().BeFalse();
            logger.Entries.Should().ContainSingle().Which.Message.Should().Contain("'add'").And.Contain("'SOURCE/add'");
        }

        monitor.IsFollowed.Should().BeFalse();
    }

    private static ToolRules Rules(params (string Pattern, ToolOptions Options)[] entries) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Pattern, entry.Options)));
}
