using System.Diagnostics;
using Bridge.Schemas.Patterns;
using Bridge.TestKit;

namespace Bridge.Schemas.Tests.Patterns;

public class UnicodePropertiesTests(ITestOutputHelper output)
{
    private static readonly (char Kind, string[] Prefixes)[] s_spellings =
    [
        ('g', ["", "gc=", "General_Category="]), ('s', ["sc=", "Script="]), ('x', ["scx=", "Script_Extensions="]), ('b', [""]),
    ];

    [Fact]
    public void Find_EveryProperty_IsWhatNodeMeansOverAllCodePoints()
    {
        string[] properties = [.. s_spellings.SelectMany(spelling => UnicodeTable.Instance.Names
            .Where(entry => entry.Kind == spelling.Kind).SelectMany(entry => spelling.Prefixes.Select(prefix => prefix + entry.Name)))];
        string[] answers = AskNode(properties);

        Assert.SkipUnless(
            answers[0] == UnicodeTable.Instance.Version, $"Node knows Unicode {answers[0]}, the table is of {UnicodeTable.Instance.Version}.");
        answers.Should().HaveCount(properties.Length + 1);
        for (int i = 0; i < properties.Length; i++)
        {
            string found = $"[{string.Join(',', UnicodeProperties.Find(properties[i])!.Ranges.Select(range => $"[{range.First},{range.Last}]"))}]";
            if (found != answers[i + 1]) // texts this long are compared by an assertion only where they differ
            {
                found.Should().Be(answers[i + 1], properties[i]);
            }
        }

        output.WriteLine($"{properties.Length} spellings of properties are the sets of Node, Unicode {answers[0]}.");
    }

    [Fact]
    public void Find_Properties_AreAllOfEcma()
    {
        ILookup<char, string> names = UnicodeTable.Instance.Names.ToLookup(entry => entry.Kind, entry => entry.Name);

        // The long and short names of 30 categories and 8 groups of them, of the scripts, and of 53 binary properties.
        names['g'].Should().Contain(["L", "LC", "Letter", "Cased_Letter", "Nd", "digit", "punct", "Cn", "Unassigned"]).And.HaveCount(80);
        names['s'].Should().Contain(["Greek", "Grek", "Zyyy", "Common", "Zinh", "Qaai"]).And.Equal(names['x']);
        names['b'].Should().Contain(["Any", "ASCII", "Assigned", "Alphabetic", "Alpha", "White_Space", "space", "Emoji", "ID_Start", "XIDC"]);
    }

    [Theory]
    [InlineData("Greek")]
    [InlineData("IsGreek")]
    [InlineData("InGreek")]
    [InlineData("script=Greek")]
    [InlineData("Script=Klingon")]
    [InlineData("lu")]
    [InlineData("sc=")]
    [InlineData("=L")]
    [InlineData("i=idna.valid")]
    [InlineData("idna.valid")]
    [InlineData("")]
    public void Find_WhatEcmaDoesNotKnow_IsRefusedSayingWhatIsAllowed(string name)
    {
        Action compile = () => EcmaPattern.Compile($"\\p{{{name}}}");

        compile.Should().Throw<PatternSyntaxException>().WithMessage($"*'{name}' is no Unicode property*'Script=Greek'*");
    }

    private static string[] AskNode(string[] properties)
    {
        using Process node = Process.Start(new ProcessStartInfo("node", [NpmPackages.Script("unicode-table.mjs"), "--sets"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Task<string> answers = node.StandardOutput.ReadToEndAsync();
        node.StandardInput.Write(string.Join('\n', properties));
        node.StandardInput.Close();
        node.WaitForExit();
        return answers.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
