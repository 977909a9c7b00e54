using System.Security.Cryptography;
using System.Text.Json;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;
using Bridge.Llama.Downloads;
using Bridge.TestKit;
using Bridge.Llama.Synthesis;
using Bridge.TestKit.Gguf;

namespace Bridge.Host.Tests.Verbs;

public sealed class ModelsVerbTests : IDisposable
{
    private static readonly byte[] s_model = TinyModel.Create(GgufTensorType.Q4).ToArray();

    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task List_NoModels_SaysHowToGetOne()
    {
        (await _run.RunAsync("models", "list")).Should().Be(ExitCode.Ok);
        _run.Output.Should().BeEmpty();
        _run.Error.Should().Contain("bridge models add hf:ORG/REPO");
    }

    [Fact]
    public async Task AddListShowRemove_File_IsPointedToAndStays()
    {
        Write("tiny.gguf");
        (await _run.RunAsync("models", "add", "tiny.gguf", "--name", "mine")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain("Added 'mine': llama 647K Q4_0");
        _run.Error.Should().BeEmpty();

        (await _run.RunAsync("models", "list")).Should().Be(ExitCode.Ok);
        _run.Output.Should().StartWith("mine  llama 647K Q4_0");

        (await _run.RunAsync("models", "show", "mine")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain("llama/mine").And.Contain("8,192 tokens").And.Contain("603 tokens").And.Contain("pointed to").And.Contain("are free.")
            .And.MatchRegex("renders +system messages, tools, calls, several calls at once, results; without a place for thinking")
            .And.MatchRegex("calls +the template's own, .*<tool_call>").And.Contain("runs on");

        (await _run.RunAsync("models", "remove", "mine")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain("stay where they are");
        File.Exists(Path.Combine(_run.Current, "tiny.gguf")).Should().BeTrue();
        (await _run.RunAsync("models", "remove", "mine")).Should().Be(ExitCode.Usage);
        _run.Error.Should().Contain("There is no model 'mine'");
    }

    [Fact]
    public async Task Show_Json_HasFactsAndMemory()
    {
        Write("tiny.gguf");
        await _run.RunAsync("models", "add", "tiny.gguf");
        (await _run.RunAsync("models", "show", "tiny", "--context", "1024", "--json")).Should().Be(ExitCode.Ok);

        JsonElement json = JsonDocument.Parse(_run.Output).RootElement;
        json.GetProperty("quantisation").GetString().Should().Be("Q4_0");
        json.GetProperty("present").GetBoolean().Should().BeTrue();
        json.GetProperty("facts").GetProperty("parameters").GetInt64().Should().Be(647_040);
        json.GetProperty("facts").GetProperty("chat_template").GetString().Should().Be(ChatMarkup.Template);
        JsonElement memory = json.GetProperty("memory");
        memory.GetProperty("context").GetInt32().Should().Be(1024);
        memory.GetProperty("cache").GetInt64().Should().Be(1024 * 4 * 2 * 64 * 2);
        memory.GetProperty("fits").GetBoolean().Should().BeTrue();
        JsonElement template = json.GetProperty("template");
        template.GetProperty("renders").EnumerateArray().Select(name => name.GetString()).Should().Contain("tools").And.Contain("several calls at once");
        template.GetProperty("lacks").EnumerateArray().Select(name => name.GetString()).Should().Equal("thinking");
        template.GetProperty("call_form").GetString().Should().Be("<tool_call>\n{\"name\": \"«ToolName»\", \"arguments\": «Arguments»}\n</tool_call>«\n»");
        template.GetProperty("call_form_is_own").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Add_Folder_SaysWhatIsNone()
    {
        Write("a.gguf");
        _run.Write("broken.gguf", "no model at all");
        (await _run.RunAsync("models", "add", ".")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain("Added 'a'");
        _run.Error.Should().Contain("broken.gguf").And.Contain("does not begin with 'GGUF'");

        (await _run.RunAsync("models", "list", "--json")).Should().Be(ExitCode.Ok);
        JsonDocument.Parse(_run.Output).RootElement.GetProperty("models").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task Show_TemplateThatSpeaksToTheTerminal_IsShownAsText()
    {
        byte[] model = [.. s_model];
        int call = model.AsSpan().IndexOf("""'\n<tool_call>\n{"name": "' + """u8);
        "\u001b["u8.CopyTo(model.AsSpan(call + 1));
        File.WriteAllBytes(Path.Combine(_run.Current, "tiny.gguf"), model);
        await _run.RunAsync("models", "add", "tiny.gguf");

        (await _run.RunAsync("models", "show", "tiny")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Output.Should().NotContain("\u001b").And.Contain("\\u001b[<tool_call>");
    }

    [Theory]
    [InlineData("models add nothing.gguf", ExitCode.Usage, "There is no file")]
    [InlineData("models add http://example.com/m.gguf", ExitCode.Usage, "https://")]
    [InlineData("models add hf:nobody", ExitCode.Usage, "'hf:ORG/REPO'")]
    [InlineData("models add http://127.0.0.1:1/m.gguf --sha256 12", ExitCode.Usage, "64 hexadecimal digits")]
    [InlineData("models add broken.gguf", ExitCode.Failed, "does not begin with 'GGUF'")]
    [InlineData("models show nothing", ExitCode.Usage, "There is no model")]
    [InlineData("models show nothing --context 0", ExitCode.Usage, "'--context' must be at least 1")]
    [InlineData("models show a/b", ExitCode.Usage, "cannot be the name")]
    public async Task Run_WhatCannotBe_SaysWhy(string line, int code, string expected)
    {
        _run.Write("broken.gguf", "no model at all");
        (await _run.RunAsync(line.Split(' '))).Should().Be(code);
        _run.Error.Should().Contain(expected);
        _run.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task Add_Hub_FetchesFromTheOneThatIsNamedAndVerifies()
    {
        await using FileServer server = await FileServer.StartAsync();
        string hash = Convert.ToHexStringLower(SHA256.HashData(s_model));
        server.Put("/api/models/org/repo", $$"""
            {"sha": "c1", "siblings": [{"rfilename": "tiny-Q4_0.gguf", "lfs": {"sha256": "{{hash}}", "size": {{s_model.Length}} } } ] }
            """);
        server.Put("/org/repo/resolve/c1/tiny-Q4_0.gguf", s_model);
        _run.Variables["HF_ENDPOINT"] = server.Root.AbsoluteUri;
        _run.Variables["HF_TOKEN"] = "secret";

        (await _run.RunAsync("models", "add", "hf:org/repo", "--json")).Should().Be(ExitCode.Ok);
        JsonElement model = JsonDocument.Parse(_run.Output).RootElement.GetProperty("models")[0];
        model.GetProperty("source").GetString().Should().Be("hf:org/repo@c1:tiny-Q4_0.gguf");
        string path = model.GetProperty("files")[0].GetProperty("path").GetString()!;
        path.Should().StartWith(Path.Combine(_run.Data, "models"));
        server.Requests.Should().OnlyContain(request => request.Authorization == "Bearer secret");

        (await _run.RunAsync("models", "show", "tiny-q4_0", "--verify")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain(hash);
        using (FileStream file = File.OpenWrite(path))
        {
            file.Position = s_model.Length - 1;
            file.WriteByte(77);
        }

        (await _run.RunAsync("models", "show", "tiny-q4_0", "--verify")).Should().Be(ExitCode.Failed);
        _run.Error.Should().Contain(hash).And.Contain("bridge models add hf:org/repo --name tiny-q4_0");
        (await _run.RunAsync("models", "add", "hf:org/repo", "--name", "tiny-q4_0")).Should().Be(ExitCode.Ok);
        (await _run.RunAsync("models", "show", "tiny-q4_0", "--verify")).Should().Be(ExitCode.Ok);

        (await _run.RunAsync("models", "remove", "tiny-q4_0")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain("are free again");
        File.Exists(path).Should().BeFalse();
    }

    [Fact]
    public async Task Show_FileIsGone_SaysWhatToDo()
    {
        string path = Write("tiny.gguf");
        await _run.RunAsync("models", "add", "tiny.gguf");
        File.Delete(path);
        (await _run.RunAsync("models", "show", "tiny")).Should().Be(ExitCode.Failed);
        _run.Error.Should().Contain("is gone").And.Contain("bridge models remove tiny");
        await _run.RunAsync("models", "list");
        _run.Output.Should().Contain("(gone)");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bar_OnlyOnATerminal_IsDrawn(bool terminal)
    {
        using StringWriter error = new();
        CommandEnvironment environment = _run.CreateEnvironment(TextWriter.Null, error) with { ErrorIsTerminal = terminal };
        int result = await DownloadBar.RunAsync(environment, async progress =>
        {
            progress?.Report(new DownloadProgress("m[1].gguf", 50, 100));
            await Task.Delay(300, TestContext.Current.CancellationToken);
            return 7;
        });

        result.Should().Be(7);
        (error.ToString().Length > 0).Should().Be(terminal);
        if (terminal)
        {
            error.ToString().Should().Contain("m[1].gguf");
        }
    }

    private string Write(string name)
    {
        string path = Path.Combine(_run.Current, name);
        File.WriteAllBytes(path, s_model);
        return path;
    }
}
