using Bridge.Models.Endpoints;
using Bridge.TestKit;

namespace Bridge.Models.Tests.Endpoints;

public sealed class RetryAfterHeaderTests
{
    // The test clock stands at 2026-01-01 00:00:00 UTC.
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("-1", null)]
    [InlineData("0", 0d)]
    [InlineData("2.5", 2.5)]
    [InlineData("99999999999", 86400d)]
    [InlineData("Thu, 01 Jan 2026 00:00:30 GMT", 30d)]
    [InlineData("Wed, 31 Dec 2025 00:00:00 GMT", 0d)]
    public void Parse_Value_IsSecondsOrADate(string? value, double? seconds) =>
        (RetryAfterHeader.Parse(value, new ManualTimeProvider())?.TotalSeconds).Should().Be(seconds);
}
