using Bridge.Llama.Inference;
using Bridge.Llama.Workers;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Workers;

public sealed class CrashRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly string _path;
    private readonly CrashRecord _crashes;

    public CrashRecordTests()
    {
        _path = _folder.Write("model.gguf", "x");
        _crashes = new CrashRecord(_path, _time);
    }

    [Fact]
    public void Check_ThreeDeathsInAMinute_RefusesUntilTheFileChanges()
    {
        Die(2);
        _crashes.Check();
        Die(1);

        FluentActions.Invoking(_crashes.Check).Should().Throw<LlamaException>()
            .WithMessage("*model.gguf' died 3 times within a minute*last time it was ended by signal 6 (abort)*until the file changes*");
        File.WriteAllText(_path, "another");
        _crashes.Check();
        Die(2);
        _crashes.Check();
    }

    [Fact]
    public void Check_DeathsFarApart_AreForgotten()
    {
        for (int i = 0; i < 5; i++)
        {
            Die(1);
            _time.Advance(TimeSpan.FromSeconds(31));
            _crashes.Check();
        }
    }

    [Fact]
    public void Check_AnAnswerBetweenDeaths_ClearsTheFile()
    {
        for (int i = 0; i < 5; i++)
        {
            Die(2);
            _crashes.Answered();
            _crashes.Check();
        }
    }

    [Fact]
    public void Wait_GrowsWithDeaths()
    {
        var waits = new List<TimeSpan> { _crashes.Wait };
        Die(1);
        waits.Add(_crashes.Wait);
        Die(1);
        waits.Add(_crashes.Wait);

        waits.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        waits[0].Should().Be(TimeSpan.Zero, "one death is no habit");
    }

    public void Dispose() => _folder.Dispose();

    private void Die(int times)
    {
        for (int i = 0; i < times; i++)
        {
            _crashes.Died("was ended by signal 6 (abort)");
        }
    }
}
