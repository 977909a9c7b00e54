using Bridge.Configuration;

namespace Bridge.Tests.Configuration;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1500)]
    [InlineData(" 5m ", 300_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("00:00:30", 30_000)]
    [InlineData("0s", 0)]
    public void TryParse_Duration_IsRead(string text, double milliseconds)
    {
        Duration.TryParse(text, out TimeSpan duration).Should().BeTrue();
        duration.TotalMilliseconds.Should().Be(milliseconds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("ms")]
    [InlineData("5")]
    [InlineData("-5s")]
    [InlineData("1,5s")]
    [InlineData("soon")]
    [InlineData("99999999h")]
    [InlineData("60d")]
    [InlineData("-00:00:30")]
    public void TryParse_NoDuration_IsRefused(string? text) => Duration.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("30d", 30)]
    [InlineData("365d", 365)]
    [InlineData("8760h", 365)]
    [InlineData("90.00:00:00", 90)]
    public void TryParseLong_Months_AreRead(string text, int days)
    {
        Duration.TryParseLong(text, out TimeSpan duration).Should().BeTrue();
        duration.TotalDays.Should().Be(days);
    }

    [Theory]
    [InlineData("40000d")]
    [InlineData("99999999999999h")]
    [InlineData("-1d")]
    public void TryParseLong_NoDurationOrCenturies_IsRefused(string text) => Duration.TryParseLong(text, out _).Should().BeFalse();
}
