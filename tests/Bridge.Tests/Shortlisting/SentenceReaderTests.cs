using Bridge.Shortlisting;

namespace Bridge.Tests.Shortlisting;

public sealed class SentenceReaderTests
{
    [Theory]
    [InlineData("Book a hotel. Then send a mail!", "Book a hotel| Then send a mail")]
    [InlineData("Is it warm? And dry", "Is it warm| And dry")]
    [InlineData("Ping 192.168.10.6 for Dr. Smith at 5 p.m. today.", "Ping 192.168.10.6 for Dr. Smith at 5 p.m. today")]
    [InlineData("Play Symphony No. 9 by J. Brahms", "Play Symphony No. 9 by J. Brahms")]
    [InlineData("one\n\n two;three", "one| two|three")]
    [InlineData("He said \"go.\" Now.", "He said \"go|\" Now")]
    [InlineData("...", "..")]
    [InlineData("", "")]
    public void MoveNext_Text_ReadsSentences(string text, string sentences)
    {
        var read = new List<string>();
        var reader = new SentenceReader(text);
        while (reader.MoveNext())
        {
            read.Add(reader.Current.ToString());
        }

        read.Should().Equal(sentences.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }
}
