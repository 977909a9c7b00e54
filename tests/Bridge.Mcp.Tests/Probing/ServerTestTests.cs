using Bridge.Configuration;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Probing;
using Bridge.Mcp.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Mcp.Tests.Probing;

public sealed class ServerTestTests
{
    private readonly ServerTest _test = new(TimeProvider.System, NullLoggerFactory.Instance);

    [Fact]
    public async Task RunAsync_WorkingServer_ReportsStepsAndTools()
    {
        ServerTestReport report = await _test.RunAsync(TestServers.Calculator(), CancellationToken.None);

        report.Succeeded.Should().BeTrue();
        report.Steps.Select(step => step.Name).Should().Equal("configuration", "initialize", "tools/list");
        report.Steps.Should().OnlyContain(step => step.Succeeded);
        report.Implementation.Should().Be("calculator 1.0.0");
        report.ProtocolVersion.Should().Be("2026-07-28");
        report.Tools.Tools.Should().HaveCount(4);
    }

    [Fact]
    public async Task RunAsync_ServerOfTheNewestProtocolOnly_IsSpokenToInIt()
    {
        ServerTestReport report = await _test.RunAsync(TestServers.Hostile("newest-only"), CancellationToken.None);

        report.Error.Should().BeNull();
        report.ProtocolVersion.Should().Be("2026-07-28");
        report.Tools.Tools.Should().ContainSingle();
    }

    [Theory]
    [InlineData("hang-list", "tools/list", "*within 2 s*")]
    [InlineData("hang-initialize", "initialize", "*within 2 s*")]
    [InlineData("exit-at-once", "initialize", "*code 3*licence key*")]
    public async Task RunAsync_FailingServer_NamesTheStepAndTheCure(string mode, string step, string error)
    {
        ServerTestReport report = await _test.RunAsync(TestServers.Hostile(mode) with { StartTimeout = TimeSpan.FromSeconds(2) }, CancellationToken.None);

        report.Succeeded.Should().BeFalse();
        report.Steps[^1].Should().BeEquivalentTo(new { Name = step, Succeeded = false });
        report.Error.Should().Match(error);
        report.Cure.Should().NotBeEmpty();
    }

    [Fact]
    public async Task RunAsync_ConfigurationError_StartsNothing()
    {
        McpServerConfig config = TestServers.Calculator() with { Errors = [new ConfigProblem("code", "file: place", "It is wrong.", "Mend it.")] };

        ServerTestReport report = await _test.RunAsync(config, CancellationToken.None);

        report.Error.Should().Be("file: place: It is wrong.");
        report.Cure.Should().Be("Mend it.");
    }
}
