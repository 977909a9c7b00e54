using System.Diagnostics;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.TestKit;

namespace Bridge.Benchmarks;

/// <summary>Our validation and Ajv's side by side in one run: rounds take turns, the medians are printed.</summary>
internal static class AjvComparison
{
    private const int Rounds = 15;
    private const int Calls = 1000;
    private const int Tools = 200;
    private const int CompileRounds = 5;

    /// <summary>Both runtimes compile what is hot on threads of their own, which on a busy machine takes a while.</summary>
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private static readonly (string Name, string Schema, string[] Texts)[] s_own =
    [
        ("1 string", """{"type":"object","properties":{"path":{"type":"string","description":"Where."}},"required":["path"]}""",
            ["""{"path":"/home/ada/documents/report.txt"}""", "{}"]),
        ("4 arguments", """{"type":"object","properties":{"location":{"type":"string"},"unit":{"type":"string","enum":["celsius","fahrenheit"]},"days":{"type":"integer","minimum":1,"maximum":14},"detailed":{"type":"boolean"}},"required":["location"],"additionalProperties":false}""",
            ["""{"location":"Berlin, Germany","unit":"celsius","days":3,"detailed":true}""", """{"location":"Berlin, Germany","unit":"kelvin","days":3,"detailed":true}"""]),
        ("nested list", """{"type":"object","properties":{"edits":{"type":"array","minItems":1,"items":{"type":"object","properties":{"old":{"type":"string"},"new":{"type":"string"},"line":{"type":"integer","exclusiveMinimum":0}},"required":["old","new"]}}},"required":["edits"]}""",
            ["""{"edits":[{"old":"let x = 1;","new":"let y = 2;\n","line":12},{"old":"größer","new":"kleiner","line":40},{"old":"a","new":"b"}]}"""]),
        ("alternatives", """{"type":"object","properties":{"to":{"anyOf":[{"type":"string","format":"email"},{"type":"array","items":{"type":"string","format":"email"},"uniqueItems":true}]},"at":{"type":["string","null"],"format":"date-time"}},"required":["to"]}""",
            ["""{"to":["ada@example.org","grace@example.org"],"at":"2026-01-31T08:30:00Z"}""", """{"to":["ada@example.org","ada@example.org"],"at":null}"""]),
        ("references", """{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"name":{"type":"string","pattern":"^[a-z]+$","maxLength":20},"children":{"type":"array","items":{"$ref":"#/$defs/node"}}},"required":["name"]}}}""",
            ["""{"name":"root","children":[{"name":"left","children":[]},{"name":"right"}]}"""]),
    ];

    /// <summary>Measures and prints.</summary>
    /// <returns>The exit code.</returns>
    public static int Run()
    {
        string script = Path.Combine(TestData.RepositoryRoot, "tests", "npm", "ajv-bench.mjs");
        if (!Directory.Exists(Path.Combine(Path.GetDirectoryName(script)!, "node_modules", "ajv")))
        {
            Console.Error.WriteLine("Ajv is not installed: run 'npm ci --ignore-scripts' in tests/npm.");
            return 1;
        }

        List<JsonElement> catalogue = ReadCatalogue();
        List<(string Group, JsonElement Schema, IReadOnlyList<string> Texts)> given =
        [
            .. s_own.Select(own => (own.Name, JsonElement.Parse(own.Schema), (IReadOnlyList<string>)own.Texts)),
            .. Spread(catalogue).Select((schema, index) => ("real tools", schema, SchemaSamples.Of(schema, index))),
        ];
        using AjvProcess ajv = AjvProcess.Start(script, given.Select(entry => (entry.Schema, entry.Texts)));
        List<AjvCase> cases = [.. given.Zip(ajv.Entries).SelectMany(pair => pair.Second.Verdicts.Select((verdict, index) =>
            new AjvCase(pair.First.Group, CompiledSchema.Compile(pair.First.Schema), pair.First.Texts[index], verdict)))];
        Measure(cases, ajv);
        AjvTable.Print(cases, given.Count - ajv.Entries.Count(entry => entry.Refused is not null));
        PrintCompilation([.. given.Select(entry => entry.Schema)], ajv, catalogue);
        return 0;
    }

    private static void Measure(List<AjvCase> cases, AjvProcess ajv)
    {
        var warming = Stopwatch.StartNew();
        while (warming.Elapsed < s_warmUp)
        {
            cases.ForEach(entry => entry.Time(Calls));
            ajv.Time(Calls);
            Thread.Sleep(s_pause);
        }

        for (int round = 0; round < Rounds; round++)
        {
            (double Bytes, double Verdict)[] ours = [.. cases.Select(entry => entry.Time(Calls))];
            (double Bytes, double Verdict)[] theirs = ajv.Time(Calls);
            for (int i = 0; i < cases.Count; i++)
            {
                cases[i].Bytes.Add(ours[i].Bytes);
                cases[i].Verdict.Add(ours[i].Verdict);
                cases[i].AjvBytes.Add(theirs[i].Bytes);
                cases[i].AjvVerdict.Add(theirs[i].Verdict);
            }
        }
    }

    private static void PrintCompilation(List<JsonElement> schemas, AjvProcess ajv, List<JsonElement> catalogue)
    {
        double[] ours = [.. schemas.Select(schema => Enumerable.Range(0, CompileRounds).Select(_ => TimeCompiling(schema)).Order().First())];
        double[] theirs = [.. ajv.Entries.Where(entry => entry.Refused is null).Select(entry => entry.Nanoseconds)];
        Console.WriteLine($"Compiling a schema: {AjvTable.Median(ours) / 1000:F1} µs, Ajv {AjvTable.Median(theirs) / 1000:F1} µs (medians; ours the best of {CompileRounds}, Ajv's the first).");
        if (catalogue.Count > 0)
        {
            double[] all = [.. catalogue.Select(TimeCompiling)];
            Console.WriteLine($"Compiling all {catalogue.Count} schemas of the catalogue once: {all.Sum() / 1e6:F0} ms.");
        }
    }

    private static double TimeCompiling(JsonElement schema)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            CompiledSchema.Compile(schema);
        }
        catch (InvalidSchemaException)
        {
            // Refusing takes its time, too.
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    private static IEnumerable<JsonElement> Spread(List<JsonElement> catalogue) => catalogue
        .Where((_, index) => index % Math.Max(1, catalogue.Count / Tools) == 0)
        .Where(Compiles)
        .Take(Tools);

    private static bool Compiles(JsonElement schema)
    {
        try
        {
            CompiledSchema.Compile(schema);
            return true;
        }
        catch (InvalidSchemaException)
        {
            return false;
        }
    }

    private static List<JsonElement> ReadCatalogue()
    {
        string root = Environment.GetEnvironmentVariable("BRIDGE_TEST_DATA") ?? Path.Combine(Path.GetDirectoryName(TestData.RepositoryRoot)!, "shared");
        string file = Path.Combine(root, "eval", "mcp-catalogue", "tools.jsonl");
        return File.Exists(file) ? [.. File.ReadLines(file).Select(line => JsonElement.Parse(line).GetProperty("inputSchema"))] : [];
    }
}
