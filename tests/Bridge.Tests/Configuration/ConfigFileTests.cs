using Bridge.Configuration;
using Bridge.TestKit;

namespace Bridge.Tests.Configuration;

public sealed class ConfigFileTests
{
    [Fact]
    public void Parse_CommentsAndTrailingCommas_AreAllowed()
    {
        ConfigFileContent content = ConfigFile.Parse("a.json", "{ // why\n \"x\": [1, 2.50,], /* and */ \"y\": {\"t\": true, \"n\": null,}, }");

        content.Problems.Should().BeEmpty();
        content.Root!.ToJsonString().Should().Be("""{"x":[1,2.50],"y":{"t":true,"n":null}}""");
    }

    [Fact]
    public void Parse_KeysThatDifferInCase_AreDifferentKeys() =>
        ConfigFile.Parse("a.json", """{"A":1,"a":2}""").Root!.Count.Should().Be(2);

    [Theory]
    [InlineData("a.json", "{\n \"s\": {\n  \"k\": 1,\n  \"k\": 2\n }\n}")]
    [InlineData("a.yaml", "\ns:\n  k: 1\n  k: 2\n")]
    [Trait("Attack", "J2")]
    public void Parse_DuplicateKey_IsRefusedWithPathAndLine(string path, string text)
    {
        ConfigFileContent content = ConfigFile.Parse(path, text);

        content.Root.Should().BeNull();
        content.Problems.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = "duplicate-key", Location = $"{path}: s.k (line 4)" });
    }

    [Theory]
    [InlineData("a.json", "{\n\"x\": }", "invalid-json", "a.json (line 2)")]
    [InlineData("a.json", "", "invalid-json", "a.json (line 1)")]
    [InlineData("a.json", "{} {}", "invalid-json", "a.json (line 1)")]
    [InlineData("a.json", "[1]", "invalid-root", "a.json")]
    [InlineData("a.json", "null", "invalid-root", "a.json")]
    [InlineData("a.yml", "- 1", "invalid-root", "a.yml")]
    [InlineData("a.yml", "", "invalid-root", "a.yml")]
    [InlineData("a.yaml", "a: b: c", "invalid-yaml", "a.yaml (line 1)")]
    [InlineData("a.yaml", "a: &x 1\nb: *x", "invalid-yaml", "a.yaml (line 2)")]
    [InlineData("a.yaml", "a: 1\n---\nb: 2\n", "several-documents", "a.yaml (line 2)")]
    public void Parse_Broken_IsOneProblemWithItsPlace(string path, string text, string code, string location)
    {
        ConfigFileContent content = ConfigFile.Parse(path, text);

        content.Root.Should().BeNull();
        content.Problems.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = code, Location = location });
        content.Problems[0].Cure.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("a.json")]
    [InlineData("a.yaml")]
    public void Parse_TooDeep_IsRefused(string path)
    {
        string text = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);

        ConfigFile.Parse(path, text).Root.Should().BeNull();
    }

    [Fact]
    public void Parse_Yaml_GivesTheJsonItStandsFor()
    {
        ConfigFileContent content = ConfigFile.Parse(
            "m.YAML", "# c\na: 1\nb: '1'\nc: 2.5\nd: true\ne: ~\nf:\n  - x\n  - .inf\ng: \"a\\nb\"\nh: {}\ni: false\n");

        content.Problems.Should().BeEmpty();
        content.Root!.ToJsonString().Should().Be("""{"a":1,"b":"1","c":2.5,"d":true,"e":null,"f":["x",".inf"],"g":"a\nb","h":{},"i":false}""");
        content.Location("f[1]").Should().Be("m.YAML: f[1] (line 9)");
        content.Location("nowhere").Should().Be("m.YAML: nowhere");
    }

    [Fact]
    public void Read_FileWithByteOrderMark_IsRead()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("a.json", "");
        File.WriteAllBytes(file, [0xEF, 0xBB, 0xBF, .. "{\"a\":1}"u8]);

        ConfigFile.Read(file).Root!["a"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public void Read_UnusableFiles_SayWhy()
    {
        using var folder = new TemporaryFolder();
        string latin = folder.Write("latin.json", "");
        File.WriteAllBytes(latin, [(byte)'{', 0xE9, (byte)'}']);
        string large = folder.Write("large.json", new string(' ', ConfigFile.MaxBytes + 1));

        CodeOf(latin).Should().Be("invalid-encoding");
        CodeOf(large).Should().Be("file-too-large");
        CodeOf(Path.Combine(folder.Path, "absent.json")).Should().Be("file-not-found");
        CodeOf(Path.Combine(folder.Path, "absent", "x.json")).Should().Be("file-not-found");
        CodeOf(folder.Path).Should().Be("file-not-readable");
    }

    private static string CodeOf(string path) => ConfigFile.Read(path).Problems.Should().ContainSingle().Subject.Code;
}
