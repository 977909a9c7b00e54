using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Signatures;

namespace Bridge.Schemas.Tests.Signatures;

public class ToolSchemaTests
{
    private static readonly ToolParameter[] s_weather =
    [
        ToolParameter.String("city", "The city", required: true, minLength: 1),
        ToolParameter.Enum("unit", "The unit", ["celsius", "fahrenheit"], @default: "celsius"),
        ToolParameter.Integer("days", "How many days", min: 1, max: 7, @default: 3),
        ToolParameter.Array("hours", "Which hours", ToolParameter.Integer("", min: 0, max: 23), maxItems: 24, unique: true),
        ToolParameter.Object("place", "Where exactly", [ToolParameter.Number("lat", required: true, min: -90, max: 90)]),
        ToolParameter.Map("labels", "Marks", ToolParameter.String("")),
        ToolParameter.AnyOf("when", "When", [ToolParameter.String("", format: "date"), ToolParameter.Integer("", min: 0)]),
    ];

    [Fact]
    public void From_EveryKind_WritesTheSchemaOnePromises() =>
        JsonElement.DeepEquals(ToolSchema.From(s_weather).Source, JsonElement.Parse("""
            {"type":"object","properties":{
              "city":{"type":"string","description":"The city","minLength":1},
              "unit":{"type":"string","description":"The unit","enum":["celsius","fahrenheit"],"default":"celsius"},
              "days":{"type":"integer","description":"How many days","minimum":1,"maximum":7,"default":3},
              "hours":{"type":"array","description":"Which hours","maxItems":24,"uniqueItems":true,"items":{"type":"integer","minimum":0,"maximum":23}},
              "place":{"type":"object","description":"Where exactly","properties":{"lat":{"type":"number","minimum":-90,"maximum":90}},"required":["lat"],"additionalProperties":false},
              "labels":{"type":"object","description":"Marks","properties":{},"additionalProperties":{"type":"string"}},
              "when":{"description":"When","anyOf":[{"type":"string","format":"date"},{"type":"integer","minimum":0}]}},
             "required":["city"],"additionalProperties":false}
            """)).Should().BeTrue();

    [Fact]
    public void From_EveryKind_IsReadBackEqual() => ToolParameter.List(ToolSchema.From(s_weather)).Should().Equal(s_weather);

    [Fact]
    public void From_NoParameters_AllowsNoArguments()
    {
        var schema = ToolSchema.From();

        schema.IsValid(JsonElement.Parse("{}")).Should().BeTrue();
        schema.IsValid(JsonElement.Parse("""{"a":1}""")).Should().BeFalse();
    }

    [Fact]
    public void From_GeneratedParameters_AreReadBackEqual()
    {
        var random = new Random(20_26);
        for (int round = 0; round < 500; round++)
        {
            ToolParameter[] given = [.. Enumerable.Range(0, random.Next(6)).Select(i => Generate(random, $"p{i}", depth: 0))];

            ToolParameter.List(ToolSchema.From(given)).Should().Equal(given, $"of round {round}");
        }
    }

    [Fact]
    public void From_RealTools_AreReadBackEqual()
    {
        int read = 0;
        foreach (string line in File.ReadLines(TestKit.TestData.Require("eval/mcp-catalogue/tools.jsonl")))
        {
            ToolParameter root;
            try
            {
                root = ToolParameter.Of(CompiledSchema.Compile(JsonElement.Parse(line).GetProperty("inputSchema")));
            }
            catch (InvalidSchemaException)
            {
                continue;
            }

            bool isWritable = root.Alternatives.IsEmpty && root.Conditions.IsEmpty && !Parts(root).Any(part => part.Repeats is not null || part.IsCut);
            try
            {
                if (isWritable)
                {
                    ToolParameter.List(ToolSchema.From(root.Properties)).Should().Equal(root.Properties, line);
                    read++;
                }
            }
            catch (ArgumentException error) when (error.Message.StartsWith("The default", StringComparison.Ordinal))
            {
                continue; // a real tool whose default its own schema refuses
            }
        }

        read.Should().BeGreaterThan(8_000);
    }

    [Fact]
    public void From_SameNameTwice_Throws() =>
        ((Action)(() => ToolSchema.From(ToolParameter.String("a"), ToolParameter.Number("a")))).Should().Throw<ArgumentException>().WithMessage("*'a' is declared twice*");

    [Fact]
    public void From_DefaultOutOfBounds_Throws() =>
        ((Action)(() => ToolSchema.From(ToolParameter.Integer("days", max: 7, @default: 9)))).Should().Throw<ArgumentException>().WithMessage("*default 9*'/properties/days'*");

    [Fact]
    public void From_MalformedPattern_Throws() =>
        ((Action)(() => ToolSchema.From(ToolParameter.String("a", pattern: "(")))).Should().Throw<ArgumentException>().WithMessage("*no valid schema*");

    [Fact]
    public void From_ParameterOfARecursiveSchema_Throws()
    {
        var schema = CompiledSchema.Compile(JsonElement.Parse("""{"properties":{"n":{"properties":{"n":{"$ref":"#/properties/n"}}}}}"""));

        ((Action)(() => ToolSchema.From(ToolParameter.List(schema)))).Should().Throw<ArgumentException>().WithMessage("*contains itself*");
    }

    private static IEnumerable<ToolParameter> Parts(ToolParameter parameter) => parameter.Properties
        .Concat(parameter.Others).Concat(parameter.Prefix).Concat(parameter.Alternatives).Concat(parameter.Item is { } item ? [item] : [])
        .SelectMany(Parts).Prepend(parameter);

    private static ToolParameter Generate(Random random, string name, int depth)
    {
        bool required = name.Length == 0 || random.Next(2) == 0;
        string description = random.Next(3) == 0 ? "" : $"What \"{name}\" is\nand why";
        int? low = random.Next(2) == 0 ? random.Next(3) : null;
        int? high = random.Next(2) == 0 ? 3 + random.Next(9) : null;
        bool leaf = depth > 3;
        ToolParameter made = random.Next(leaf ? 5 : 10) switch
        {
            0 => ToolParameter.String(name, description, required, random.Next(2) == 0 ? "date" : null, null, low, high),
            1 => ToolParameter.Enum(name, description, ["a", "b\"", "c é"], required, random.Next(2) == 0 ? "a" : null),
            2 => ToolParameter.Integer(name, description, required, low, high, random.Next(2) == 0 ? 3 : null),
            3 => ToolParameter.Number(name, description, required, low - 0.5, high + 1e20, random.Next(2) == 0 ? 3.25 : null)
                with { Bounds = new NumberBounds(low, high, low is not null && random.Next(2) == 0, false, random.Next(2) == 0 ? 0.25 : null), Default = null },
            4 => ToolParameter.Boolean(name, description, required, random.Next(2) == 0 ? true : null),
            5 => ToolParameter.Array(name, description, Generate(random, "", depth + 1), required, low, high, random.Next(2) == 0),
            6 => ToolParameter.Object(name, description, Members(random, depth), required),
            7 => ToolParameter.Map(name, description, Generate(random, "", depth + 1) with { Required = false }, required),
            8 => ToolParameter.AnyOf(name, description, [ToolParameter.Object("", "", Members(random, depth)), ToolParameter.String("", pattern: "^x")], required),
            _ => ToolParameter.Array(name, description, ToolParameter.Boolean(""), required) with
            {
                Prefix = [Generate(random, "", depth + 1), ToolParameter.String("", required: true)],
                Item = null,
            },
        };
        bool mayBeNull = made.Alternatives.IsEmpty && random.Next(4) == 0;
        return mayBeNull ? made with { Nullable = true, Examples = [JsonElement.Parse("null")] } : made;
    }

    private static ToolParameter[] Members(Random random, int depth) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(i => Generate(random, $"m{i}", depth + 1))];
}
