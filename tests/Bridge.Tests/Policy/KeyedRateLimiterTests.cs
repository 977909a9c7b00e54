using Bridge.Policy;
using Bridge.TestKit;

namespace Bridge.Tests.Policy;

public sealed class KeyedRateLimiterTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly KeyedRateLimiter _limiter;

    public KeyedRateLimiterTests() => _limiter = new KeyedRateLimiter(_time);

    [Fact]
    public void Take_ShareAtOnce_IsGivenAndThenComesBackEvenly()
    {
        for (int taken = 0; taken < 6; taken++)
        {
            _limiter.Take("a", 6).Should().Be(TimeSpan.Zero);
        }

        _limiter.Take("a", 6).Should().Be(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(4));
        _limiter.Take("a", 6).Should().Be(TimeSpan.FromSeconds(6), "a refusal costs nothing");
        _time.Advance(TimeSpan.FromSeconds(6));
        _limiter.Take("a", 6).Should().Be(TimeSpan.Zero);
        _limiter.Take("a", 6).Should().Be(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Take_OtherKey_HasItsOwnShare()
    {
        _limiter.Take("a", 1).Should().Be(TimeSpan.Zero);
        _limiter.Take("a", 1).Should().Be(TimeSpan.FromMinutes(1));
        _limiter.Take("b", 1).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void Take_LongAfterwards_NoMoreThanAMinuteWasSaved()
    {
        _limiter.Take("a", 2);
        _time.Advance(TimeSpan.FromHours(1));

        Enumerable.Range(0, 5).Count(_ => _limiter.Take("a", 2) == TimeSpan.Zero).Should().Be(2);
    }

    [Fact]
    public void Take_KeysAtRest_AreForgotten()
    {
        for (int key = 0; key < 1000; key++)
        {
            _limiter.Take($"{key}", 10);
        }

        _time.Advance(TimeSpan.FromMinutes(2));
        _limiter.Take("last", 10);

        _limiter.Count.Should().Be(1);
    }

    [Fact]
    public void Take_ManyAtOnce_GiveTheShareAndNoMore()
    {
        int given = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (_limiter.Take("a", 100) == TimeSpan.Zero)
            {
                Interlocked.Increment(ref given);
            }
        });

        given.Should().Be(100);
    }
}
