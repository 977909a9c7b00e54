using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Tests.Patterns;

public class EcmaPatternTests
{
    [Theory]
    [InlineData("^\\d+$", "12", true)]
    [InlineData("^\\d+$", "١", false)]
    [InlineData("^a$", "a\n", false)]
    [InlineData("^\\w\\W\\s\\S\\D$", "a- bc", true)]
    [InlineData("^🐲*$", "🐲🐲", true)]
    [InlineData("^.$", "🐲", true)]
    [InlineData("^[^a]{2}$", "🐲", false)]
    [InlineData("^[🐲-🐶x]$", "🐳", true)]
    [InlineData("^[\\u{10000}-\\u{10FFFF}]$", "🐲", true)]
    [InlineData("^\\ud83d\\udc32$", "🐲", true)]
    [InlineData("^\\p{Lu}\\P{Lu}$", "Ä1", true)]
    [InlineData("^\\p{gc=Letter}+$", "äあ", true)]
    [InlineData("^\\p{ASCII}\\p{Any}\\p{White_Space}$", "aä ", true)]
    [InlineData("\\bfoo\\b", "a foo b", true)]
    [InlineData("\\bfoo\\b", "afoo", false)]
    [InlineData("a\\Bb", "ab", true)]
    [InlineData("^(a)(?:b)\\1$", "aba", true)]
    [InlineData("^(?<x>a|b)\\k<x>$", "ab", false)]
    [InlineData("^(?:(a)|b)\\1$", "b", true)]
    [InlineData("^(?=a)(?!b)a(?<=a)(?<!b)$", "a", true)]
    [InlineData("^a{2,3}?$", "aaa", true)]
    [InlineData("^a{2}$", "aaa", false)]
    [InlineData("^a{2,}$", "aaa", true)]
    [InlineData("^a{,2}$", "a{,2}", true)]
    [InlineData("^\\cA\\x41\\0\\t\\n\\v\\f\\r\\/\\-$", "\u0001A\0\t\n\v\f\r/-", true)]
    [InlineData("^[\\w-.]+$", "a-.", true)]
    [InlineData("^[\\b\\d\\]]+$", "\b1]", true)]
    [InlineData("[]", "a", false)]
    [InlineData("^[^]$", "\n", true)]
    [InlineData("", "anything", true)]
    [InlineData("a|", "b", true)]
    [InlineData("]}", "]}", true)]
    public void Matches_Pattern_MeansWhatEcmaMeans(string pattern, string text, bool expected) =>
        EcmaPattern.Compile(pattern).Matches(text).Should().Be(expected);

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("*")]
    [InlineData("^*")]
    [InlineData("a**")]
    [InlineData("[b-a]")]
    [InlineData("[a")]
    [InlineData("\\")]
    [InlineData("\\a")]
    [InlineData("\\Z")]
    [InlineData("\\x4")]
    [InlineData("\\u{110000}")]
    [InlineData("\\p{Nope}")]
    [InlineData("\\pL")]
    [InlineData("\\1")]
    [InlineData("\\k<x>")]
    [InlineData("(?<x>a)(?<x>b)")]
    [InlineData("(?<>a)")]
    [InlineData("(?i)a")]
    [InlineData("(?<=a)*")]
    [InlineData("a{3,2}")]
    public void Compile_NotEcma_IsRefused(string pattern)
    {
        Action compile = () => EcmaPattern.Compile(pattern);

        compile.Should().Throw<PatternSyntaxException>();
        EcmaPattern.IsWellFormed(pattern).Should().BeFalse();
    }

    [Theory]
    [InlineData("^[a-z]+$", true)]
    [InlineData("(?=a)", false)]
    [InlineData("(a{1000}){1000}", false)]
    public void Compile_Pattern_IsLinearWherePossible(string pattern, bool linear) => EcmaPattern.Compile(pattern).IsLinear.Should().Be(linear);

    [Fact]
    public void Compile_RandomText_IsAPatternOrRefused()
    {
        const string Alphabet = "ab\\[](){}^$|*+?.-,1d<=!:uxpkL";
        var random = new Random(3);
        for (int i = 0; i < 3000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            if (EcmaPattern.IsWellFormed(text))
            {
                EcmaPattern.Compile(text).Matches("ab1");
            }
        }
    }
}
