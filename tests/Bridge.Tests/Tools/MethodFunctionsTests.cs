using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Signatures;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Tests.Tools;

public class MethodFunctionsTests
{
    private enum Unit
    {
        Celsius,
        Fahrenheit,
    }

    public static TheoryData<string, Delegate> Functions => new()
    {
        { "f(a:string, b:string|null, c?:integer=3)", (string a, string? b, int c = 3) => a },
        { """f(u?:"Celsius"|"Fahrenheit"="Fahrenheit", n?:"Celsius"|"Fahrenheit"|null)""", (Unit u = Unit.Fahrenheit, Unit? n = null) => u },
        { "f(a:string(date-time), b:string(date-time), c:string(date), d:string(time))", (DateTime a, DateTimeOffset b, DateOnly c, TimeOnly d) => a },
        { """f(a:string(/^-?(\d+\.)?\d{2}:\d{2}:\d{2}(\.\d{1,7})?$/), b:string(uuid), c:string(uri))""", (TimeSpan a, Guid b, Uri c) => a },
        { "f(a:string[], b:integer[], c:integer[])", (List<string> a, int[] b, HashSet<int> c) => a },
        { "f(a:{*:integer}, b:{*:boolean}|null)", (Dictionary<string, int> a, IReadOnlyDictionary<string, bool>? b) => a },
        { "f\n p:object\n  city:string - Where it lies\n  inner:{counts:{*:integer}}", (Place p) => p },
        { "f(n:{name:string, children:(like n)[]|null})", (Node n) => n },
        { "f(a:integer(1..7), b:number(>0.5, <=9))", ([Range(1, 7)] int a, [Range(0.5, 9.0, MinimumIsExclusive = true)] double b) => a },
        { "f(a:string(2..10 chars), b:string(/^x/), c:string(1..4 chars))", ([StringLength(10, MinimumLength = 2)] string a, [RegularExpression("^x")] string b, [Length(1, 4)] string c) => a },
        { """f(a:"a"|"b", b:string & {"not":{"enum":["q"]}}, c:string[1..3])""", ([AllowedValues("a", "b")] string a, [DeniedValues("q")] string b, [MinLength(1), MaxLength(3)] string[] c) => a },
        { "f(a:string(email), b:string(uri), c?:integer=5)", ([EmailAddress] string a, [Url] string b, [DefaultValue(5)] int c) => a },
        { "f\n city:string - Where it rains", ([Description("Where it rains")] string city, CancellationToken token) => city },
        { "f(a:string)", (string a, IServiceProvider services, TimeProvider clock, [FromKeyedServices("k")] string keyed) => a },
        { "f(names:string[])", (IEnumerable<string> names) => names },
        { "f()", () => 1 },
    };

    [Theory]
    [MemberData(nameof(Functions), DisableDiscoveryEnumeration = true)]
    public void Create_Parameters_AreExported(string signature, Delegate function)
    {
        AIFunction made = MethodFunctions.Create(function, "f", "", Services());

        ToolSignature.Write("f", "", CompiledSchema.Compile(made.JsonSchema)).Should().Be(signature);
    }

    [Fact]
    public void Create_UnknownArguments_AreRefusedAtEveryDepth()
    {
        var schema = CompiledSchema.Compile(MethodFunctions.Create((Place p) => p, "f", "", Services()).JsonSchema);

        schema.IsValid(JsonElement.Parse("""{"p":{"city":"Rome","inner":{"counts":{"a":1}}}}""")).Should().BeTrue();
        schema.IsValid(JsonElement.Parse("""{"p":{"city":"Rome","inner":{"counts":{"a":1}}},"x":1}""")).Should().BeFalse();
        schema.IsValid(JsonElement.Parse("""{"p":{"city":"Rome","inner":{"counts":{"a":1},"x":1}}}""")).Should().BeFalse();
    }

    [Fact]
    public async Task Call_Services_AreThoseOfTheProgramInAScopeOfTheCall()
    {
        ServiceProvider services = Services();
        var seen = new List<Scoped>();
        await using var source = new FunctionToolSource("code", [MethodFunctions.Create((string a, Scoped scoped, [FromKeyedServices("k")] string keyed) => { seen.Add(scoped); return a + keyed; }, "f", "", services)], services);
        Tool tool = (await source.ListAsync(CallContext.Local, default)).Tools.Single();

        ToolResult first = await source.CallAsync(new ToolCall("1", tool, """{"a":"x"}"""u8.ToArray()), CallContext.Local, default);
        await source.CallAsync(new ToolCall("2", tool, """{"a":"x"}"""u8.ToArray()), CallContext.Local, default);

        first.ToText().Should().Be("xkeyed");
        seen.Should().HaveCount(2).And.OnlyHaveUniqueItems().And.OnlyContain(scoped => scoped.IsDisposed);
    }

    private static ServiceProvider Services() => new ServiceCollection()
        .AddSingleton(TimeProvider.System).AddScoped<Scoped>().AddKeyedSingleton("k", "keyed")
        .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed record Node(string Name, IReadOnlyList<Node>? Children);

    private sealed record Inner(Dictionary<string, int> Counts);

    private sealed record Place([property: Description("Where it lies")] string City, Inner Inner);
}
