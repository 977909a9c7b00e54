using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Tests.Decoding;

public class DecodingPropertyTests(ITestOutputHelper output)
{
    [Fact]
    public void Programs_OfRandomSchemas_WriteOnlyValidValues() => ProveSound(first: 0, schemas: 600);

    [Fact]
    [Trait("Category", "Soak")]
    public void Programs_OfManyRandomSchemas_WriteOnlyValidValues() => ProveSound(first: 600, schemas: 20_000);

    [Fact]
    public void Programs_OfRandomSchemas_WriteEveryValidValue() => ProveComplete(first: 0, schemas: 600);

    [Fact]
    [Trait("Category", "Soak")]
    public void Programs_OfManyRandomSchemas_WriteEveryValidValue() => ProveComplete(first: 600, schemas: 20_000);

    private static (CompiledSchema Schema, DecodingProgram Program)? TryCompile(JsonObject source)
    {
        try
        {
            var schema = CompiledSchema.Compile(JsonElement.Parse(source.ToJsonString()));
            return (schema, DecodingProgram.For(schema));
        }
        catch (InvalidSchemaException)
        {
            return null;
        }
    }

    private void ProveSound(int first, int schemas)
    {
        int full = 0;
        int partial = 0;
        int texts = 0;
        int invalid = 0;
        for (int seed = first; seed < first + schemas; seed++)
        {
            JsonObject source = new RandomSchemas(seed).Make();
            if (TryCompile(source) is not { } compiled)
            {
                continue;
            }

            _ = compiled.Program.IsFullyDecodable ? full++ : partial++;
            var writer = new RandomWriter(seed);
            for (int i = 0; i < 4; i++)
            {
                texts++;
                byte[] text = writer.Write(compiled.Program, budget: 60);
                ImmutableArray<ValidationError> errors = compiled.Schema.Validate(StrictJson.Parse(text));
                invalid += errors.IsEmpty ? 0 : 1;
                (errors.IsEmpty || !compiled.Program.IsFullyDecodable).Should().BeTrue(
                    $"{Encoding.UTF8.GetString(text)} was written for {source.ToJsonString()} (seed {seed}): {errors.FirstOrDefault()?.Message}");
            }
        }

        output.WriteLine($"{full} schemas fully decodable, {partial} with keywords checked after; {invalid} of {texts} texts invalid, all of the latter.");
        full.Should().BeGreaterThan(schemas / 2);
    }

    private void ProveComplete(int first, int schemas)
    {
        int values = 0;
        int narrowed = 0;
        for (int seed = first; seed < first + schemas; seed++)
        {
            JsonObject source = new RandomSchemas(seed).Make();
            if (TryCompile(source) is not { } compiled)
            {
                continue;
            }

            if (compiled.Program.Narrowed.Length > 0)
            {
                narrowed++;
                continue;
            }

            var maker = new RandomValues(seed, source);
            for (int i = 0; i < 8; i++)
            {
                var value = JsonElement.Parse(maker.Make(source)?.ToJsonString() ?? "null");
                if (maker.IsAsChosen && compiled.Schema.IsValid(value))
                {
                    values++;
                    OrderFreeReader.CanWrite(compiled.Program, value).Should().BeTrue($"{value} is valid for {source.ToJsonString()} (seed {seed})");
                }
            }
        }

        output.WriteLine($"{values} valid values can be written; {narrowed} schemas left out, for their programs say that they write fewer.");
        values.Should().BeGreaterThan(schemas / 2);
    }
}
