using System.Text.Json;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;

namespace Bridge.Host.Tests.Verbs;

public sealed class TrainVerbTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Train_OwnRecords_WritesWeightsThatAskUses()
    {
        _run.Write("mine.jsonl", string.Join('\n', Enumerable.Range(1, 20).Select(number => Sum(number, number + 3))));

        (await _run.RunAsync("train", "mine.jsonl", "--out", "weights", "--no-cross-validation", "--json")).Should().Be(ExitCode.Ok, _run.Error);

        JsonElement report = JsonElement.Parse(_run.Output);
        report.GetProperty("training").GetProperty("mine").GetProperty("total").GetInt32().Should().Be(20);
        report.GetProperty("shipped").GetProperty("mine").GetProperty("total").GetInt32().Should().Be(20);
        File.Exists(Path.Combine(_run.Current, "weights", "ranker.json")).Should().BeFalse("the ranker learns with the public data alone");
        _run.Error.Should().Contain("the one that ships stays");
        _run.Variables["BRIDGE__EMBEDDED__WEIGHTS"] = Path.Combine(_run.Current, "weights", "extractor.bin");
        (await _run.RunAsync("ask", "Add 2 to 3 using available tools.")).Should().Be(ExitCode.Ok, _run.Error);
        _run.Output.Should().Contain("add {\"a\":2,\"b\":3}");
    }

    [Theory]
    [InlineData("train", "Name a folder of data")]
    [InlineData("train few.jsonl", "1 records are too few")]
    [InlineData("train few.jsonl --only ranker", "learns with the public data")]
    [InlineData("train absent.jsonl", "absent.jsonl")]
    [InlineData("train --from-traffic", "No prompts are kept")]
    public async Task Train_WhatCannotBe_SaysWhatToDo(string line, string said)
    {
        _run.Write("few.jsonl", Sum(1, 2));

        (await _run.RunAsync(line.Split(' '))).Should().Be(ExitCode.Usage);
        _run.Error.Should().Contain(said);
    }

    private static string Sum(int a, int b) =>
        $$$"""{"id":"sum-{{{a}}}","messages":[{"role":"user","content":"Please add {{{a}}} to {{{b}}}."}],"tools":[{"name":"add","description":"Add two numbers","inputSchema":{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a","b"]}}],"expected":[{"name":"add","arguments":{"a":{{{a}}},"b":{{{b}}} } }]}""";
}
