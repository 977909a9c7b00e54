using System.Diagnostics;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Signatures;
using Bridge.TestKit;

namespace Bridge.Schemas.Tests.Compilation;

public class CatalogueTests(ITestOutputHelper output)
{
    [Fact]
    public void Compile_RealTools_CompileOrSayWhyNot()
    {
        string file = TestData.Require("eval/mcp-catalogue/tools.jsonl");
        var reasons = new List<string>();
        int count = 0;
        long schemaBytes = 0;
        long signatureBytes = 0;
        var watch = new Stopwatch();
        foreach (string line in File.ReadLines(file))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement schema = document.RootElement.GetProperty("inputSchema");
            count++;
            try
            {
                watch.Start();
                var compiled = CompiledSchema.Compile(schema);
                watch.Stop();
                schemaBytes += schema.GetRawText().Length;
                signatureBytes += ToolSignature.Write("t", "", compiled).Length;
                compiled.Validate(JsonElement.Parse("{}"));
            }
            catch (InvalidSchemaException error)
            {
                watch.Stop();
                reasons.Add($"{document.RootElement.GetProperty("server")} {document.RootElement.GetProperty("name")}: {error.Message}");
            }
        }

        output.WriteLine($"{count - reasons.Count} of {count} compile, in {watch.ElapsedMilliseconds} ms; signatures take {signatureBytes} of {schemaBytes} characters.");
        reasons.ForEach(output.WriteLine);

        // Nine misplace a keyword, two refer to definitions they left behind, one names a type that does not exist.
        reasons.Should().HaveCountLessThanOrEqualTo(12);
    }
}
