using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Json;
using Bridge.Schemas.Repair;
using Bridge.Schemas.Signatures;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Tests.Fuzzing;

/// <summary>Whatever the schema and the value: one verdict, or a refusal that says why, and soon.</summary>
public class SchemaFuzzTests(ITestOutputHelper output)
{
    // Far above what any case takes: it catches what hangs, not what is slow.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private int _compiled;
    private int _valid;
    private int _invalid;
    private int _repaired;

    [Fact]
    public void Everything_MutatedSchemasAndValues_HasOneVerdict()
    {
        Fuzz(SchemaSeeds.Own(), seed: 1, cases: 1500);

        (_valid * _invalid * _repaired).Should().BePositive("a run that never gets there proves nothing");
    }

    [Fact]
    public void Everything_MutationsOfTheSuiteAndOfRealTools_HasOneVerdict() =>
        Fuzz([.. SchemaSeeds.Suite(), .. SchemaSeeds.Catalogue(step: 40)], seed: 2, cases: 2500);

    [Fact]
    [Trait("Category", "Soak")]
    public void Everything_MutationsForMinutes_HasOneVerdict()
    {
        (string, string)[] seeds = [.. SchemaSeeds.Own(), .. SchemaSeeds.Suite(), .. SchemaSeeds.Catalogue(step: 1)];
        var watch = Stopwatch.StartNew();
        for (int seed = 100; watch.Elapsed < TimeSpan.FromMinutes(3); seed++)
        {
            Fuzz(seeds, seed, cases: 1000);
        }
    }

    private void Fuzz(IReadOnlyList<(string Schema, string Instance)> seeds, int seed, int cases)
    {
        var random = new Random(seed);
        var mutator = new JsonMutator(random);
        for (int i = 0; i < cases; i++)
        {
            (string schema, string instance) = seeds[random.Next(seeds.Count)];
            string text = random.Next(8) == 0 ? schema : mutator.Mutate(schema);
            byte[] bytes = random.Next(10) == 0 ? mutator.Damage(text) : Encoding.UTF8.GetBytes(text);
            if (Compile(bytes, random.Next(2) == 0) is not { } compiled)
            {
                continue;
            }

            _compiled++;
            for (int j = 0; j < 4; j++)
            {
                string value = j == 0 ? instance : random.Next(6) == 0 ? mutator.Any() : mutator.Mutate(instance);
                byte[] utf8 = random.Next(6) == 0 ? mutator.Damage(value) : Encoding.UTF8.GetBytes(value);
                Judge(compiled, utf8, $"seed {seed}, case {i}.{j}: {Encoding.UTF8.GetString(bytes)} of {Encoding.UTF8.GetString(utf8)}");
            }
        }

        output.WriteLine($"seed {seed}: {_compiled} schemas compile; {_valid} valid values, {_invalid} invalid, of which {_repaired} were repaired.");
    }

    /// <summary>Compiles as a server's tool list is: the text is JSON, but not checked for what readers differ about.</summary>
    private static CompiledSchema? Compile(byte[] utf8, bool forTools)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            var compiled = CompiledSchema.Compile(document.RootElement, forTools ? SchemaOptions.ForTools : SchemaOptions.Standard);
            ToolSignature.Write("tool", "what it does", compiled).Should().StartWith("tool");
            return compiled;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidSchemaException refusal)
        {
            refusal.Message.Should().EndWith(".");
            return null;
        }
        finally
        {
            watch.Elapsed.Should().BeLessThan(s_patience, Encoding.UTF8.GetString(utf8));
        }
    }

    private void Judge(CompiledSchema schema, byte[] utf8, string what)
    {
        var watch = Stopwatch.StartNew();
        JsonElement instance;
        try
        {
            instance = StrictJson.Parse(utf8);
        }
        catch (StrictJsonException refusal)
        {
            refusal.Message.Should().EndWith(".", what);
            return;
        }

        bool valid = schema.IsValid(instance);
        ImmutableArray<ValidationError> errors = schema.Validate(instance);
        RepairResult repaired = ArgumentRepair.Repair(schema, instance);

        errors.IsEmpty.Should().Be(valid, what);
        schema.IsValid(utf8).Should().Be(valid, what);
        if (valid || repaired.Repairs.IsEmpty)
        {
            repaired.Repairs.Should().BeEmpty(what);
            repaired.Instance.GetRawText().Should().Be(instance.GetRawText(), what);
        }
        else
        {
            StrictJson.Parse(Encoding.UTF8.GetBytes(repaired.Instance.GetRawText()));
        }

        bool isRepaired = !valid && !repaired.Repairs.IsEmpty && schema.IsValid(repaired.Instance);
        _ = valid ? _valid++ : _invalid++;
        _repaired += isRepaired ? 1 : 0;
        watch.Elapsed.Should().BeLessThan(s_patience, what);
    }
}
