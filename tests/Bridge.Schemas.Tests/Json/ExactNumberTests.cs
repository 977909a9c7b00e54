using System.Numerics;
using System.Text;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Tests.Json;

public class ExactNumberTests
{
    [Theory]
    [InlineData("0", "-0.0e5", 0)]
    [InlineData("1", "1.000", 0)]
    [InlineData("100", "1e2", 0)]
    [InlineData("0.1", "1E-1", 0)]
    [InlineData("-2", "1", -1)]
    [InlineData("-2", "-1", -1)]
    [InlineData("1e300", "1e-300", 1)]
    [InlineData("-1e300", "-1e-300", -1)]
    [InlineData("9007199254740993", "9007199254740992", 1)]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567891", -1)]
    [InlineData("123456789012345678901234567890e-5", "1234567890123456789012345.67890", 0)]
    [InlineData("100000000000000000000000000000", "1e+29", 0)]
    [InlineData("1.00000000000000000000000000001", "1", 1)]
    [InlineData("1", "1.00000000000000000000000000001", -1)]
    [InlineData("0.00000000000000000000000000001", "1e-29", 0)]
    public void CompareTo_AnySpelling_IsExact(string left, string right, int order)
    {
        ExactNumber a = Parse(left);
        ExactNumber b = Parse(right);

        Math.Sign(a.CompareTo(b)).Should().Be(order);
        Math.Sign(b.CompareTo(a)).Should().Be(-order);
        a.Equals((object)b).Should().Be(order == 0);
        if (order == 0)
        {
            a.GetHashCode().Should().Be(b.GetHashCode());
        }
    }

    [Theory]
    [InlineData("12", "3", true)]
    [InlineData("0", "3", true)]
    [InlineData("0.0075", "0.0001", true)]
    [InlineData("0.00751", "0.0001", false)]
    [InlineData("1e308", "0.5", true)]
    [InlineData("1e308", "0.123456789", false)]
    [InlineData("123456789012345678901234567890", "10", true)]
    [InlineData("123456789012345678901234567891", "10", false)]
    public void IsMultipleOf_Decimal_IsExact(string value, string divisor, bool expected) =>
        Parse(value).IsMultipleOf(Parse(divisor)).Should().Be(expected);

    [Theory]
    [InlineData("2.0", 2)]
    [InlineData("1e2", 100)]
    [InlineData("1e9", 1_000_000_000)]
    [InlineData("1e10", int.MaxValue)]
    [InlineData("99999999999999999999999", int.MaxValue)]
    [InlineData("1.5", null)]
    [InlineData("-1", null)]
    public void ToCount_Number_IsAWholeOne(string value, int? count) => Parse(value).ToCount().Should().Be(count);

    [Fact]
    public void CompareTo_RandomPairs_AgreesWithFractions()
    {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            (string text, BigInteger scaled) a = Next(random);
            (string text, BigInteger scaled) b = Next(random);

            Math.Sign(Parse(a.text).CompareTo(Parse(b.text))).Should().Be(a.scaled.CompareTo(b.scaled), $"{a.text} and {b.text}");
        }
    }

    private static (string Text, BigInteger Scaled) Next(Random random)
    {
        long mantissa = random.NextInt64(-1000, 1000);
        int exponent = random.Next(-25, 25);
        return ($"{mantissa}e{exponent}", mantissa * BigInteger.Pow(10, exponent + 25));
    }

    private static ExactNumber Parse(string text) => ExactNumber.Parse(Encoding.UTF8.GetBytes(text));
}
