using Bridge.Schemas.Formats;

namespace Bridge.Schemas.Tests.Formats;

public class InternationalLabelTests
{
    [Theory]
    [InlineData("xn--mnchen-3ya", "münchen")]
    [InlineData("XN--MNCHEN-3YA", "the same in capitals")]
    [InlineData("xn--x-zfa", "äx")]
    [InlineData("xn--1-zhcd", "אב1")]
    [InlineData("xn--ngba799q", "a non-joiner between letters that join")]
    [InlineData("xn--ngba8ha8704a", "the same with vowel signs between")]
    [InlineData("xn--wek", "ー")]
    public void IsEncoded_ValidLabel_Is(string label, string meaning) => InternationalLabel.IsEncoded(label).Should().BeTrue(meaning);

    [Theory]
    [InlineData("xn--", "nothing")]
    [InlineData("xn---", "a delimiter alone")]
    [InlineData("xn--x-", "nothing behind the delimiter")]
    [InlineData("xn--a-zhc", "a letter of Latin behind one of Hebrew")]
    [InlineData("xn--1-0hc", "a digit before a letter of Hebrew")]
    [InlineData("xn--1-zhc74b", "two kinds of digits")]
    [InlineData("xn--mgbc799q", "a non-joiner behind a letter that does not join")]
    [InlineData("xn--dca", "a capital letter")]
    [InlineData("xn--abc---esa", "a hyphen at the end")]
    [InlineData("xn--e28h", "a picture")]
    [InlineData("xn--ypd", "half a syllable of Hangul")]
    [InlineData("xn--zva", "a code point without a character")]
    [InlineData("xn--99999999", "a number without an end")]
    [InlineData("xn--zzzzzzzzzzzzzzzzzzzzzzzzzzzzza", "a number too big")]
    [InlineData("yn--wek", "an encoding that does not exist")]
    public void IsEncoded_Other_IsNot(string label, string why) => InternationalLabel.IsEncoded(label).Should().BeFalse(why);

    [Fact]
    public void IsEncoded_RandomText_NeverThrows()
    {
        const string Alphabet = "abcyzXYZ0189-";
        var random = new Random(5);
        int valid = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(0, 16)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            valid += InternationalLabel.IsEncoded("xn--" + text) ? 1 : 0;
        }

        valid.Should().BePositive();
    }
}
