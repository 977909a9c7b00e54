using Bridge.Calling;
using Bridge.Hosting;
using Bridge.Profiles;
using Bridge.TestKit;

namespace Bridge.Tests.Pipeline;

/// <summary>A bridge over a fake source and a scripted tool caller.</summary>
internal static class BridgeFixture
{
    public const string Numbers =
        """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"],"additionalProperties":false}""";

    public static readonly Proposal AddTwoAndThree = ScriptedToolCaller.Call("add", """{"a":2,"b":3}""");

    public static FakeToolSource Calculator()
    {
        var source = new FakeToolSource("math");
        source.Add("add", "5", Numbers);
        source.Add("multiply", "6", Numbers);
        return source;
    }

    public static Task<ToolCallBridge> CreateAsync(
        FakeToolSource source, IToolCaller caller, ModelProfile? profile = null, Action<IBridgeBuilder>? more = null) =>
        ToolCallBridge.CreateAsync(builder =>
        {
            builder.WithToolSource(source).ToolCaller(caller, profile);
            more?.Invoke(builder);
        });
}
