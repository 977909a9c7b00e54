using Bridge.Evaluation.Records;
using Bridge.TestKit;

namespace Bridge.Evaluation.Tests.Records;

/// <summary>Reads lines as a file of records.</summary>
internal static class RecordLines
{
    public const string Add = """{"name":"add","inputSchema":{"type":"object","properties":{"a":{"type":"number"}},"required":["a"]}}""";

    public static async Task<EvalRecord> OneAsync(string line)
    {
        EvalSet set = await ReadAsync(line);
        set.Problems.Should().BeEmpty();
        return set.Records.Should().ContainSingle().Which;
    }

    public static async Task<EvalSet> ReadAsync(params string[] lines)
    {
        using var folder = new TemporaryFolder();
        return await EvalFiles.ReadAsync([folder.Write("sums.jsonl", string.Join('\n', lines))], TestContext.Current.CancellationToken);
    }

    /// <summary>A record that asks for a sum.</summary>
    public static string Record(string id, string check = "calls", string expected = """[{"name":"add","arguments":{"a":[1]}}]""", string tools = Add, string more = "") =>
        $$"""{"id":"{{id}}","messages":[{"role":"user","content":"Add 1."}],"tools":[{{tools}}],"check":"{{check}}","expected":{{expected}}{{more}}}""";
}
