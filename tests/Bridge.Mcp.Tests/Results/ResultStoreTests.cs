using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Mcp.Results;
using Bridge.TestKit;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Mcp.Tests.Results;

public class ResultStoreTests
{
    private static readonly ClientIdentity s_owner = new("key:a");

    private readonly ManualTimeProvider _clock = new();
    private readonly BridgeOptions _options = new();

    [Fact]
    public void Find_AfterItsTime_IsGoneAndTakesNoMemory()
    {
        ResultStore store = Store();
        string id = IdOf(store.Keep(s_owner, ToolResult.FromText("text")));

        store.Find(id, s_owner).Should().NotBeNull();
        store.Find(id, new ClientIdentity("key:b")).Should().BeNull();
        _clock.Advance(_options.Gateway.KeptResultTime);

        store.Find(id, s_owner).Should().BeNull();
        store.Bytes.Should().Be(0);
    }

    [Fact]
    public void Keep_MoreThanThereIsRoomFor_DropsTheOldest()
    {
        _options.Gateway.KeptResultBytes = 1000;
        ResultStore store = Store();

        string[] ids = [.. Enumerable.Range(0, 10).Select(_ => IdOf(store.Keep(s_owner, ToolResult.FromText(new string('x', 200)))))];

        ids.Select(id => store.Find(id, s_owner) is not null).Should().Equal([.. Enumerable.Repeat(false, 8), true, true]);
        store.Bytes.Should().Be(800);
        store.Keep(s_owner, ToolResult.FromText(new string('x', 501))).Should().BeNull("it is larger than all there is");
    }

    [Fact]
    public void Read_PartsOfSeveralKinds_GivesEachOnceInOrder()
    {
        var parts = ResultParts.Of(new ToolResult
        {
            Content = [new TextContent("abc😀def"), new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new TextContent("end")],
            Structured = System.Text.Json.JsonElement.Parse("""{"a":1}"""),
        });

        var read = new List<string>();
        for (long offset = 0, rounds = 0; offset >= 0 && rounds < 100; rounds++)
        {
            JsonObject answer = parts.Read("bridge://results/x", offset, 4);
            string? next = answer["_meta"]?["bridge/next"]?.GetValue<string>();
            JsonArray contents = answer["contents"]!.AsArray();
            read.AddRange(contents.SkipLast(next is null ? 0 : 1).Select(part => part!["text"]?.GetValue<string>() ?? part["blob"]!.GetValue<string>()));
            offset = next is null ? -1 : long.Parse(next.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        string.Concat(read).Should().Be("abc😀def" + Convert.ToBase64String([1, 2, 3]) + """end{"a":1}""");
    }

    private static string IdOf(KeptResult? kept) => kept!.Uri.OriginalString[ResultStore.Prefix.Length..];

    private ResultStore Store() => new(new ChangingOptions<BridgeOptions>(_options), _clock);
}
