using System.Text.Json;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;

namespace Bridge.Host.Tests.Verbs;

public sealed class AskVerbTests : IDisposable
{
    private const string Add = "Add 2 to 3 using available tools.";

    private readonly CommandRun _run = new();

    [Fact]
    public async Task Ask_NothingConfigured_CallsTheSampleAndAnswers()
    {
        (await _run.RunAsync("ask", Add)).Should().Be(ExitCode.Ok, _run.Error);

        _run.Output.Should().StartWith("add {\"a\":2,\"b\":3}\n  5\n\n").And.EndWith("5.\n");
        _run.Error.Should().Contain("sample server 'calculator'");
    }

    [Fact]
    public async Task Ask_Json_WritesTheContractAndNothingElse()
    {
        (await _run.RunAsync("ask", Add, "--json", "--system", "Be brief.", "--caller", "embedded", "--responder", "template")).Should().Be(ExitCode.Ok);

        JsonElement response = JsonElement.Parse(_run.Output);
        response.GetProperty("answer").GetString().Should().Contain("5");
        response.GetProperty("messages").GetArrayLength().Should().Be(4);
        JsonElement call = response.GetProperty("tool_calling").GetProperty("calls")[0];
        call.GetProperty("tool").GetString().Should().Be("calculator/add");
        call.GetProperty("status").GetString().Should().Be("succeeded");
    }

    [Fact]
    public async Task Ask_DryRun_ProposesOnly()
    {
        (await _run.RunAsync("ask", Add, "--dry-run", "--json")).Should().Be(ExitCode.Ok);

        JsonElement calling = JsonElement.Parse(_run.Output).GetProperty("tool_calling");
        calling.GetProperty("outcome").GetString().Should().Be("proposed");
    }

    [Fact]
    public async Task Ask_PromptFromStandardInput_IsAsked()
    {
        _run.Piped = Add;

        (await _run.RunAsync("ask", "-")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain("add {\"a\":2,\"b\":3}");
        (await _run.RunAsync("ask", "Please:", "--stdin")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain("add {\"a\":2,\"b\":3}");
    }

    [Theory]
    [InlineData("ask", "There is no prompt")]
    [InlineData("ask -", "There is no prompt")]
    [InlineData("ask x --timeout soon", "'500ms', '30s'")]
    [InlineData("ask x --attempts 0", "whole number from 1")]
    [InlineData("ask x --responder nobody/x", "No responder 'nobody/x'")]
    [InlineData("ask x --responder /x", "is not a model name")]
    [InlineData("ask x --caller nobody/x", "nobody")]
    [InlineData("ask x --choose nosuch", "nosuch")]
    public async Task Ask_WrongWish_ExitsWithUsage(string line, string expected)
    {
        (await _run.RunAsync(line.Split(' '))).Should().Be(ExitCode.Usage, _run.Error);

        _run.Error.Should().Contain(expected);
        _run.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task Ask_EmptyListOfServers_ExitsWithUsageAndTheCure()
    {
        _run.Write("mine/mcp.json", "{\"mcpServers\": {}}");

        (await _run.RunAsync("ask", Add, "--config", "mine")).Should().Be(ExitCode.Usage);

        _run.Error.Should().Contain("bridge servers add");
    }

    [Fact]
    public async Task Ask_OneServerMissing_NamesItAndGoesOn()
    {
        _run.Write("mine/mcp.json", """
            {"mcpServers": {
              "calculator": {"command": "${bridge:exe}", "args": ["sample-server", "calculator"]},
              "gone": {"command": "no-such-program-anywhere"},
              "unset": {"command": "x", "args": ["${env:NOT_SET_ANYWHERE}"]}
            }}
            """);

        (await _run.RunAsync("ask", Add, "--config", "mine")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Output.Should().Contain("add {\"a\":2,\"b\":3}");
        _run.Error.Should().Contain("'gone' is missing").And.Contain("NOT_SET_ANYWHERE");
    }

    [Fact]
    [Trait("Attack", "P1")]
    public async Task Ask_UntrustedFolder_IsRefused()
    {
        _run.Write("config/mcp.json", """{"mcpServers": {"x": {"command": "touch", "args": ["started"]}}}""");

        (await _run.RunAsync("ask", Add)).Should().Be(ExitCode.Usage);

        _run.Error.Should().Contain("bridge trust");
    }

    [Theory]
    [InlineData(null, ExitCode.NeedsApproval)]
    [InlineData("n", ExitCode.Failed)]
    [InlineData("y", ExitCode.Ok)]
    public async Task Ask_ToolNeedsConsent_AsksThePersonIfThereIsOne(string? typed, int expected)
    {
        _run.Variables["BRIDGE__APPROVAL__UNANNOTATED"] = "ask";
        _run.Typed = typed;

        (await _run.RunAsync("ask", Add)).Should().Be(expected, _run.Error);

        (await _run.RunAsync("ask", Add, "--yes")).Should().Be(ExitCode.Ok, _run.Error);
    }

    [Fact]
    public async Task Ask_Cancelled_IsInterrupted()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        (await _run.RunAsync(cancelled.Token, "ask", Add)).Should().Be(ExitCode.Interrupted);
    }

    [Theory]
    [InlineData("call add {\"a\":2,\"b\":3}", ExitCode.Ok, "5\n")]
    [InlineData("call calculator/add {\"a\":2,\"b\":3} --json", ExitCode.Ok, "\"succeeded\"")]
    [InlineData("call divide {\"a\":1,\"b\":0}", ExitCode.Failed, "Division by zero.")]
    [InlineData("call nosuch", ExitCode.Usage, "There is no tool 'nosuch'")]
    [InlineData("call add", ExitCode.Usage, "'a' is required")]
    [InlineData("call add {", ExitCode.Usage, "not a strict JSON object")]
    [InlineData("call add @nowhere.json", ExitCode.Usage, "cannot be read")]
    [InlineData("tools", ExitCode.Ok, "calculator/divide")]
    [InlineData("tools list --json", ExitCode.Ok, "\"input_schema\"")]
    [InlineData("tools search multiply numbers", ExitCode.Ok, "calculator/multiply")]
    [InlineData("servers list", ExitCode.Ok, "sample-server calculator")]
    [InlineData("servers list --json", ExitCode.Ok, "\"transport\": \"stdio\"")]
    [InlineData("servers test", ExitCode.Ok, "4 tools")]
    [InlineData("servers test calculator --json", ExitCode.Ok, "\"succeeded\": true")]
    [InlineData("servers test calculater", ExitCode.Usage, "Did you mean 'calculator'?")]
    [InlineData("servers approve calculator", ExitCode.Ok, "4 tools of 'calculator' are trusted")]
    [InlineData("doctor", ExitCode.Ok, "Connected; 4 tools.")]
    public async Task Verbs_WithTheSample_DoWhatTheySay(string line, int expected, string text)
    {
        (await _run.RunAsync(line.Split(' '))).Should().Be(expected, _run.Error);

        (_run.Output + _run.Error).Should().Contain(text);
    }

    [Fact]
    public async Task Call_ArgumentsFromFileAndInput_AreRead()
    {
        _run.Write("arguments.json", "{\"a\":2,\"b\":3}");
        _run.Piped = "{\"a\":20,\"b\":3}";

        (await _run.RunAsync("call", "add", "@arguments.json")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Be("5\n");
        (await _run.RunAsync("call", "add", "-")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Be("23\n");
    }

    [Fact]
    public async Task Doctor_EverythingWrong_NamesEachWithItsCode()
    {
        _run.Variables["PATH"] = "";
        _run.Write("mine/mcp.json", """
            {"inputs": [], "mcpServers": {
              "node": {"command": "npx", "args": ["-y", "x"], "gallery": true},
              "gone": {"command": "no-such-program-anywhere"},
              "typo": {"comand": "x"}
            }}
            """);
        _run.Write("mine/models.json", "{\"profiles\": [{\"match\": 1}]}");
        _run.Write("mine/appsettings.json", "{\"Bridge\": {\"Callers\": [\"nobody/x\"]}}");

        (await _run.RunAsync("doctor", "--config", "mine")).Should().Be(ExitCode.Failed);
        _run.Output.Should().Contain("[program-missing]").And.Contain("Node.js").And.Contain("[server-failed]").And.Contain("[foreign-keys]");
        _run.Output.Should().Contain("comand").And.Contain("models.json");

        File.Delete(Path.Combine(_run.Current, "mine/models.json"));
        _run.Write("mine/mcp.json", "{\"mcpServers\": {}}");
        (await _run.RunAsync("doctor", "--config", "mine")).Should().Be(ExitCode.Failed);
        _run.Output.Should().Contain("[model-unavailable]").And.Contain("nobody").And.Contain("[no-servers]");
    }

    [Fact]
    public async Task Keys_CreateListRevoke_ShowTheSecretOnce()
    {
        (await _run.RunAsync("keys")).Should().Be(ExitCode.Ok);
        string local = _run.Output;
        await _run.RunAsync("keys");
        _run.Output.Should().Be(local);

        (await _run.RunAsync("keys", "create", "laptop", "--scope", "read", "--expires", "1d")).Should().Be(ExitCode.Ok);
        string secret = _run.Output.Trim();
        (await _run.RunAsync("keys", "list")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain("laptop").And.Contain("read").And.NotContain(secret);
        string id = _run.Output.Split(' ')[0];
        (await _run.RunAsync("keys", "revoke", id)).Should().Be(ExitCode.Ok);
        await _run.RunAsync("keys", "list", "--json");
        _run.Output.Should().Contain("\"revoked_at\": \"20");
        (await _run.RunAsync("keys", "revoke", "nosuch")).Should().Be(ExitCode.Usage);
        (await _run.RunAsync("keys", "create", "x", "--expires", "later")).Should().Be(ExitCode.Usage);
    }

    public void Dispose() => _run.Dispose();
}
