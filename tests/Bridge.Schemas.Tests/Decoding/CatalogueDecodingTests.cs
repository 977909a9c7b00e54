using System.Diagnostics;
using System.Text;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Tests.Decoding;

public class CatalogueDecodingTests(ITestOutputHelper output)
{
    private const int Budget = 400;

    [Fact]
    public void For_RealTools_WritesOnlyValidArguments() => Prove(everyNth: 20, textsPerTool: 3);

    [Fact]
    [Trait("Category", "Soak")]
    public void For_EveryRealTool_WritesOnlyValidArguments() => Prove(everyNth: 1, textsPerTool: 10);

    private void Prove(int everyNth, int textsPerTool)
    {
        int tools = 0;
        int full = 0;
        int impossible = 0;
        int texts = 0;
        int invalid = 0;
        var compiling = new Stopwatch();
        var slowest = (Time: TimeSpan.Zero, Schema: "");
        var lost = new List<string>();
        foreach (CompiledSchema compiled in CatalogueSchemas.Read(everyNth))
        {
            long before = Stopwatch.GetTimestamp();
            compiling.Start();
            DecodingProgram? program = CatalogueSchemas.TryProgram(compiled);
            compiling.Stop();
            if (program is null)
            {
                impossible++;
                continue;
            }

            TimeSpan time = Stopwatch.GetElapsedTime(before);
            slowest = time > slowest.Time ? (time, compiled.Source.GetRawText()) : slowest;
            tools++;
            full += program.IsFullyDecodable ? 1 : 0;
            lost.AddRange(program.CheckedAfter.Select(loss => $"{loss.Keyword}: {loss.Reason}"));
            for (int i = 0; i < textsPerTool; i++)
            {
                texts++;
                byte[] text = new RandomWriter((tools * 100) + i).Write(program, Budget);
                System.Collections.Immutable.ImmutableArray<ValidationError> errors = compiled.Validate(StrictJson.Parse(text));
                invalid += errors.IsEmpty ? 0 : 1;
                if (program.IsFullyDecodable)
                {
                    errors.Should().BeEmpty($"{Encoding.UTF8.GetString(text)} was decoded for {compiled.Source.GetRawText()}");
                }
            }
        }

        output.WriteLine($"{tools} programs in {compiling.ElapsedMilliseconds} ms; slowest {slowest.Time.TotalMilliseconds:F1} ms: {slowest.Schema[..Math.Min(200, slowest.Schema.Length)]}");
        output.WriteLine($"{full} of {tools} tools are fully decodable; no arguments fit {impossible} more; of {texts} texts, {invalid} (all of other tools) are invalid.");
        lost.GroupBy(reason => reason).OrderByDescending(group => group.Count()).Take(20).ToList().ForEach(group => output.WriteLine($"{group.Count()} x {group.Key}"));
        full.Should().BeGreaterThan(tools * 95 / 100);
    }
}
