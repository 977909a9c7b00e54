using Bridge.Shortlisting;

namespace Bridge.Tests.Shortlisting;

public sealed class StemReaderTests
{
    [Theory]
    [InlineData("getCurrentWeather", "get current weather")]
    [InlineData("get_current-weather.now", "get current weather now")]
    [InlineData("HTTPServer2Status", "http server 2 status")]
    [InlineData("parseXML", "parse xml")]
    [InlineData("side1", "side 1")]
    [InlineData("  Müller, naïve  ", "müller naïve")]
    [InlineData("", "")]
    [InlineData("--- !", "")]
    public void MoveNext_Name_SplitsWords(string name, string words) =>
        Words(name).Select(word => name[word.Start..word.End].ToLowerInvariant()).Should().Equal(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("cities", "city")]
    [InlineData("adding", "add")]
    [InlineData("calculates", "calculate")]
    [InlineData("calculation", "calculate")]
    [InlineData("calculator", "calculated")]
    [InlineData("boxes", "box")]
    [InlineData("planning", "plan")]
    [InlineData("subtraction", "subtract")]
    [InlineData("multiplication", "multiply")]
    [InlineData("classes", "class")]
    [InlineData("tickets", "ticket")]
    public void Current_RelatedForms_ShareAStem(string one, string other) =>
        Words(one).Single().Stem.Should().Be(Words(other).Single().Stem);

    [Theory]
    [InlineData("status", "status")]
    [InlineData("bus", "bus")]
    [InlineData("2s", "2 s")]
    [InlineData("string", "string")]
    public void Current_WordThatOnlyLooksInflected_StaysWhole(string word, string stems) =>
        Words(word).Select(found => found.Stem).Should().Equal(stems.Split(' '));

    [Fact]
    public void MoveNext_WordLongerThanTheBuffer_IsCutNotRefused()
    {
        (string Stem, int Start, int End) word = Words(new string('x', 500)).Single();

        word.Stem.Length.Should().Be(StemReader.MaxWord);
        word.End.Should().Be(500);
    }

    private static List<(string Stem, int Start, int End)> Words(string text)
    {
        var words = new List<(string, int, int)>();
        var reader = new StemReader(text, stackalloc char[StemReader.MaxWord]);
        while (reader.MoveNext())
        {
            words.Add((reader.Current.ToString(), reader.Start, reader.End));
        }

        return words;
    }
}
