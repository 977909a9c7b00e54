using System.Text.Json;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;
using Bridge.Llama.Runtimes;
using Bridge.TestKit.Gguf;

namespace Bridge.Host.Tests.Verbs;

public sealed class BenchVerbTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Bench_AModel_MeasuresEveryWayOnTheSameCalls()
    {
        RequireRuntime();
        TinyModel.Write(Path.Combine(_run.Current, "tiny.gguf"));

        (await _run.RunAsync("bench", "--model", "tiny.gguf", "--count", "3", "--at-once", "2", "--threads", "1", "--json")).Should().Be(ExitCode.Ok, _run.Error);

        JsonElement report = JsonElement.Parse(_run.Output)[0];
        report.GetProperty("calls").GetInt32().Should().Be(3);
        report.GetProperty("own_tokens").GetDouble().Should().BeLessThan(report.GetProperty("prompt_tokens").GetDouble() / 4, "the tools are read once");
        double[] batches = [.. report.GetProperty("ways").EnumerateArray().Select(way => way.GetProperty("batches").GetDouble())];
        batches.Should().HaveCount(3).And.BeInDescendingOrder();
        batches[0].Should().BeGreaterThan(2 * batches[1]);
        report.GetProperty("guessed_tokens").GetInt32().Should().BeGreaterThanOrEqualTo(report.GetProperty("accepted_tokens_of_reference_calls").GetInt32());
        report.GetProperty("throughput").EnumerateArray().Should().OnlyContain(many => many.GetProperty("calls_per_second_together").GetDouble() > 0);
        report.GetProperty("mask_us").GetProperty("choices").GetInt32().Should().BePositive();
    }

    [Fact]
    public async Task Bench_AsText_NamesTheWaysAndWhatLimitsThem()
    {
        RequireRuntime();
        TinyModel.Write(Path.Combine(_run.Current, "tiny.gguf"));

        (await _run.RunAsync("bench", "--model", "tiny.gguf", "--count", "1", "--at-once", "1", "--threads", "1")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Output.Should().Contain("token by token").And.Contain("forced text at once").And.Contain("A batch of 1, 2, 4").And.Contain("of reference calls, not of what a trained model writes");
    }

    [Theory]
    [InlineData("bench --shape 7b", "0.5b")]
    [InlineData("bench --count 0", "from 1 to 1000")]
    [InlineData("bench --calls absent.jsonl", "There is no file and no folder")]
    [InlineData("bench --calls broken.jsonl", "broken.jsonl, line 2")]
    [InlineData("bench --calls empty.jsonl", "holds no record")]
    [InlineData("bench --model absent", "There is no model 'absent'")]
    [InlineData("bench --model absent.gguf", "There is no file")]
    public async Task Bench_BadInput_SaysWhatIsWrong(string line, string said)
    {
        _run.Write("broken.jsonl", """
            {"messages":[{"role":"user","content":"Add 1 and 2."}],"tools":[{"name":"add","inputSchema":{"type":"object"}}],"expected":[]}
            {"messages":[]}
            """);
        _run.Write("empty.jsonl", """{"messages":[{"role":"user","content":"Hello."}],"tools":[],"expected":null}""");

        (await _run.RunAsync(line.Split(' '))).Should().Be(ExitCode.Usage);

        _run.Error.Should().Contain(said);
    }

    [Fact]
    public async Task Bench_GpuWhereThereIsNone_SaysWhatIsMissing()
    {
        RequireRuntime();
        Assert.SkipWhen(LlamaRuntime.Load(LlamaRuntime.Find(null, null)).Devices.Any(device => device.IsGpu), "There is a graphics device.");

        (await _run.RunAsync("bench", "--gpu")).Should().Be(ExitCode.Failed);

        _run.Error.Should().Contain("no graphics device").And.Contain("bridge doctor");
    }

    private static void RequireRuntime() =>
        Assert.SkipWhen(LlamaRuntime.Find(null, null).Folder is null, "The build could not install llama.cpp.");
}
