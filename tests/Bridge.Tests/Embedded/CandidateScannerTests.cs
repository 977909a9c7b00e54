using System.Globalization;
using Bridge.Reading;

namespace Bridge.Tests.Embedded;

public sealed class CandidateScannerTests
{
    [Theory]
    [InlineData("Add 2 to -3", "2 -3")]
    [InlineData("3.5 million and 1,250,000.75", "3500000 1250000.75")]
    [InlineData("$1.2M or $5k", "1200000 5000")]
    [InlineData("twenty five, three hundred and two million", "25 300 2000000")]
    [InlineData("one hundred twenty thousand", "120000")]
    [InlineData("a dozen and twice", "12 2")]
    [InlineData("6cm, 5000m and 10 km", "6 5000 10")]
    [InlineData("298K", "298")]
    [InlineData("the 14th and 2nd", "14 2")]
    [InlineData("33.4484 N, 112.0740 W", "33.4484 -112.074")]
    [InlineData("version 1.2.3 of B1004 is 12x18", "")]
    [InlineData("99999999999999999999999999999999999999", "")]
    public void Scan_Numbers_ReadsTheirValues(string text, string values) =>
        Reading.Of(text, CandidateKind.Number).OrderBy(candidate => candidate.Start)
            .Select(candidate => candidate.Number.ToString("0.####", CultureInfo.InvariantCulture))
            .Should().Equal(values.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("10 kg", "kg", false)]
    [InlineData("€20", "€", false)]
    [InlineData("5%", "%", true)]
    [InlineData("5 percent", "percent", true)]
    [InlineData("five percent", "percent", true)]
    [InlineData("9.8 m/s^2", "m/s^2", false)]
    [InlineData("2 and", "", false)]
    public void Scan_NumberWithUnit_KnowsUnitAndPercent(string text, string unit, bool percent)
    {
        Candidate number = Reading.Of(text, CandidateKind.Number).Single();

        number.Unit.Should().Be(unit);
        number.Percent.Should().Be(percent);
    }

    [Theory]
    [InlineData("say 'hello there' now", "hello there")]
    [InlineData("the user's file isn't 'Bob's'", "Bob's")]
    [InlineData("“curly”, «guillemets» and `code`", "curly|guillemets|code")]
    [InlineData("\"straight\" and ‘single’", "straight|single")]
    [InlineData("it's five o'clock", "")]
    [InlineData("\"What is all this?\"", "")]
    public void Scan_Quotes_FindsTheirText(string text, string expected) => Texts(text, CandidateKind.Quoted).Should().Equal(Split(expected));

    [Theory]
    [InlineData("mail bob.smith@example.com.", nameof(CandidateKind.Email), "bob.smith@example.com")]
    [InlineData("see https://example.com/a?b=c, please", nameof(CandidateKind.Url), "https://example.com/a?b=c")]
    [InlineData("open www.example.org or example.io", nameof(CandidateKind.Url), "www.example.org|example.io")]
    [InlineData("read ~/data/my.nii and C:\\temp\\a.txt", nameof(CandidateKind.Path), "~/data/my.nii|C:\\temp\\a.txt")]
    [InlineData("read /etc/hosts, report.csv and src/a/b.cs", nameof(CandidateKind.Path), "/etc/hosts|report.csv|src/a/b.cs")]
    [InlineData("order #A12-B and DNA123, user_name", nameof(CandidateKind.Identifier), "#A12-B|DNA123|user_name")]
    [InlineData("host 10.0.0.1, case 2022/AL2562", nameof(CandidateKind.Identifier), "10.0.0.1|2022/AL2562")]
    [InlineData("10cm, 3pm, 2nd", nameof(CandidateKind.Identifier), "")]
    [InlineData("the function 3x^2 + 2x - 1 at", nameof(CandidateKind.Formula), "3x^2 + 2x - 1")]
    [InlineData("a t-test and 2 + 3", nameof(CandidateKind.Formula), "")]
    [InlineData("meet at 6:30 PM, 14:00 or 9 am", nameof(CandidateKind.Time), "6:30 PM|14:00|9 am")]
    [InlineData("at noon, not 25:00", nameof(CandidateKind.Time), "noon")]
    public void Scan_Kind_FindsIt(string text, string kind, string expected) => Texts(text, Enum.Parse<CandidateKind>(kind)).Should().Equal(Split(expected));

    [Theory]
    [InlineData("2022-07-10", "2022-07-10")]
    [InlineData("July 10, 2022", "2022-07-10")]
    [InlineData("the 4th of March 2023", "2023-03-04")]
    [InlineData("10/25/2023", "2023-10-25")]
    [InlineData("25.10.23", "2023-10-25")]
    [InlineData("January 2", "2026-01-02")]
    [InlineData("Dec 24", "2026-12-24")]
    [InlineData("May 2024", "2024-05-01")]
    [InlineData("today", "2026-01-01")]
    [InlineData("tomorrow", "2026-01-02")]
    [InlineData("the day after tomorrow", "2026-01-03")]
    [InlineData("yesterday", "2025-12-31")]
    [InlineData("next Monday", "2026-01-05")]
    [InlineData("Thursday", "2026-01-08")]
    [InlineData("this weekend", "")]
    [InlineData("2023-13-45", "")]
    public void Scan_Date_ReadsTheDay(string text, string expected) =>
        (Reading.Of(text, CandidateKind.Date).Single().Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "").Should().Be(expected);

    [Theory]
    [InlineData("midnight", 0, 0)]
    [InlineData("12 am", 0, 0)]
    [InlineData("12:05 p.m.", 12, 5)]
    [InlineData("23:59:58", 23, 59)]
    public void Scan_Time_ReadsTheHour(string text, int hour, int minute)
    {
        TimeOnly time = Reading.Of(text, CandidateKind.Time).Single().Time!.Value;

        (time.Hour, time.Minute).Should().Be((hour, minute));
    }

    [Theory]
    [InlineData("Find LeBron James in Los Angeles", "LeBron James|Los Angeles")]
    [InlineData("What's up in Paris, France?", "Paris|Paris, France|France")]
    [InlineData("weather in Paris, Rome and Bern", "Paris|Rome|Bern")]
    [InlineData("Can I see Mr. X of the Bank of England?", "Mr. X|Bank of England")]
    [InlineData("C.J. Rush at Safeway Inc. now", "C.J. Rush|Safeway Inc.")]
    [InlineData("Preferably in Zürich", "Zürich")]
    public void Scan_Names_FindsCapitalisedRuns(string text, string expected) => Texts(text, CandidateKind.Name).Should().Equal(Split(expected));

    [Fact]
    public void Scan_Brackets_FindsItems()
    {
        Reading.Of("average of [12, 15, 'x']", CandidateKind.Bracketed).Single().Items.Should().Equal("12", "15", "x");
        Reading.Of("the point (3, 4)", CandidateKind.Bracketed).Single().Items.Should().Equal("3", "4");
    }

    [Fact]
    public void Scan_JsonAndFences_AreBlocks()
    {
        Texts("""explain {"name":"add","arguments":{"a":1}} to me""", CandidateKind.Block).Should().Equal("""{"name":"add","arguments":{"a":1}}""");
        Texts("```\nrm -rf /\n``` and {not json}", CandidateKind.Block).Should().Equal("rm -rf /");
        Texts("""broken {"a": 1""", CandidateKind.Block).Should().Equal("""{"a": 1""");
        Reading.Of("""{"a": 12}""", CandidateKind.Number).Should().BeEmpty();
    }

    [Theory]
    [InlineData("subtract 2 from 5", "5 2")]
    [InlineData("divide 2 into 10", "10 2")]
    [InlineData("subtract 2 and 5", "2 5")]
    [InlineData("take 2. Then 5 from 7", "2 5 7")]
    public void Scan_Turnaround_OrdersOperandsAsMeant(string text, string expected) =>
        string.Join(' ', Reading.Of(text, CandidateKind.Number).OrderBy(candidate => candidate.Order).Select(candidate => candidate.Text)).Should().Be(expected);

    [Fact]
    public void Read_NothingButNumbers_StaysBounded() =>
        Reading.Of(string.Join(' ', Enumerable.Range(0, 20_000))).Candidates.Count.Should().BeLessThanOrEqualTo(200);

    [Fact]
    public void Read_OtherScripts_DoesNotFail() =>
        Reading.Of("请问北京的当前天气状况如何？ Qual a temperatura em Divinópolis, MG? 오늘 22도 🌧️").Candidates.Should().NotBeEmpty();

    private static IEnumerable<string> Texts(string text, CandidateKind kind) =>
        Reading.Of(text, kind).OrderBy(candidate => candidate.Start).ThenBy(candidate => candidate.End).Select(candidate => candidate.Text);

    private static string[] Split(string expected) => expected.Split('|', StringSplitOptions.RemoveEmptyEntries);
}
