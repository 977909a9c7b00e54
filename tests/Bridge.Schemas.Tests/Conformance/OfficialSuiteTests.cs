namespace Bridge.Schemas.Tests.Conformance;

public class OfficialSuiteTests(ITestOutputHelper output)
{
    private static readonly string[] s_toolFormats =
        ["date", "date-time", "time", "duration", "email", "uri", "uuid", "ipv4", "ipv6", "hostname", "regex"];

    [Theory]
    [InlineData("draft2020-12", 1_295)]
    [InlineData("draft7", 923)]
    public void Validate_RequiredTests_Pass(string draft, int count) =>
        Hold(draft, "required", OfficialSuite.Files(draft, ""), assertFormat: false).Should().BeGreaterThanOrEqualTo(count);

    [Theory]
    [InlineData("draft2020-12", 4)]
    [InlineData("draft7", 4)]
    public void Validate_RequiredTestsThatReferToMetaSchemas_Pass(string draft, int count) =>
        Hold(draft, "required", OfficialSuite.Files(draft, ""), assertFormat: false, withMetaSchemas: true).Should().BeGreaterThanOrEqualTo(count);

    [Theory]
    [InlineData("draft2020-12")]
    [InlineData("draft7")]
    public void Validate_OptionalTests_PassButForTheListed(string draft) =>
        Hold(draft, "optional", OfficialSuite.Files(draft, "optional"), assertFormat: false);

    [Theory]
    [InlineData("draft2020-12")]
    [InlineData("draft7")]
    public void Validate_FormatsOfTools_Pass(string draft) => Hold(
        draft, "format",
        OfficialSuite.Files(draft, "optional/format").Where(file => s_toolFormats.Contains(Path.GetFileNameWithoutExtension(file))), assertFormat: true);

    private int Hold(string draft, string part, IEnumerable<string> files, bool assertFormat, bool withMetaSchemas = false)
    {
        (int count, List<string> failures) = OfficialSuite.Run(draft, files, assertFormat, withMetaSchemas);

        string which = withMetaSchemas ? $"{part}, referring to meta-schemas" : part;
        output.WriteLine($"{draft} {which}: {count - failures.Count} of {count} pass.");
        List<string> names = [.. failures.Select(failure => failure.Split(" (The ")[0]).Order(StringComparer.Ordinal)];
        string[] known = [.. KnownGaps.All.Where(gap => gap.StartsWith(draft + "/", StringComparison.Ordinal) && gap.Part() == part)];
        names.Except(known, StringComparer.Ordinal).Should().BeEmpty("a test that is not listed must pass");
        known.Except(names, StringComparer.Ordinal).Should().BeEmpty("a listed test that passes must leave the list");
        return count;
    }
}
