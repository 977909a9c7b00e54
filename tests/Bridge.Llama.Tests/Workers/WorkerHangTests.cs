using System.Diagnostics;
using Bridge.Calling;
using Bridge.Llama.Inference;
using Bridge.Llama.Workers;
using Bridge.Outcomes;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Workers;

/// <summary>Workers that live and do nothing, which are ended; and slow ones, which are not.</summary>
public sealed class WorkerHangTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task ProposeAsync_WorkerStoppedWithPromptsInFlight_KillsItFailsThemAndAnswersTheNext()
    {
        await using var bridge = new WorkerBridge(time: _time, patience: s_silence);
        using Process stopped = await bridge.ProcessAsync();
        await StopAsync(stopped);
        Task<Proposal>[] inFlight = [.. Enumerable.Range(0, 20).Select(i => bridge.Caller().ProposeAsync(Tools.Question($"Add {i} and {i}."), CancellationToken.None))];
        await WaitForAsync(bridge, questions: 20);

        _time.Advance(s_silence * 2);

        foreach (Task<Proposal> prompt in inFlight)
        {
            var error = (await FluentActions.Awaiting(() => prompt.WaitAsync(s_patience)).Should().ThrowAsync<ToolCallerException>()).Which;
            error.Message.Should().Contain("'" + TinyModels.File + "' gave no sign of life for 600 s while it had 20 prompts, and was killed");
            (error.Kind, error.IsTransient).Should().Be((ReasonKind.CallerUnavailable, true));
        }

        await stopped.WaitForExitAsync().WaitAsync(s_patience);
        Task<Proposal> next = bridge.Caller().ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None);
        while (!next.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10)); // after a death the start waits a little
            await Task.Delay(10);
        }

        (await next).Calls.Should().NotBeEmpty();
        using Process another = await bridge.ProcessAsync();
        another.Id.Should().NotBe(stopped.Id);
    }

    [Fact]
    public async Task ProposeAsync_WorkerStoppedAndThePromptCancelled_KillsItAllTheSame()
    {
        await using var bridge = new WorkerBridge(time: _time, patience: s_silence);
        using Process stopped = await bridge.ProcessAsync();
        await StopAsync(stopped);
        using var stop = new CancellationTokenSource();
        Task<Proposal> cancelled = bridge.Caller().ProposeAsync(Tools.Question("Add 1 and 2."), stop.Token);
        await WaitForAsync(bridge, questions: 1);
        await stop.CancelAsync();
        await FluentActions.Awaiting(() => cancelled).Should().ThrowAsync<OperationCanceledException>();

        _time.Advance(s_silence * 2);

        await stopped.WaitForExitAsync().WaitAsync(s_patience);
    }

    [Fact]
    public async Task ProposeAsync_Answered_LeavesNothingToWaitFor()
    {
        await using var bridge = new WorkerBridge(time: _time, patience: s_silence);
        using Process process = await bridge.ProcessAsync();
        (await bridge.Caller().ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None).WaitAsync(s_patience)).Calls.Should().NotBeEmpty();
        await StopAsync(process);

        _time.Advance(TimeSpan.FromMinutes(14));

        process.HasExited.Should().BeFalse("it is asked nothing");
    }

    [Fact]
    public async Task LoadAsync_AProcessThatSaysNothing_IsKilled()
    {
        await using var bridge = new WorkerBridge(executable: WorkerBridge.Script(_folder, "exec sleep 1000"), time: _time, patience: s_silence);
        Task loading = bridge.Workers.LoadAsync(TinyModels.File, CancellationToken.None);
        while (!loading.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(10);
        }

        await FluentActions.Awaiting(() => loading)
            .Should().ThrowAsync<LlamaException>().WithMessage("*gave no sign of life for 600 s while it loaded its model, and was killed*");
    }

    [Fact]
    public void Watch_SilenceWithAQuestion_IsAHangOnce()
    {
        var hangs = new List<string>();
        using var watch = new WorkerWatch(s_silence, _time, hangs.Add);
        _time.Advance(s_silence * 3);
        hangs.Should().BeEmpty("it was asked nothing");

        watch.Asked(7);
        _time.Advance(s_silence - TimeSpan.FromMinutes(2));
        watch.Heard(new WorkerReply.Alive());
        _time.Advance(s_silence);
        hangs.Should().BeEmpty("it gave a sign");

        _time.Advance(s_silence * 3);
        hangs.Should().Equal("gave no sign of life for 600 s while it had 1 prompt, and was killed");
    }

    [Fact]
    public void Watch_AnAnsweredQuestion_MayBeFollowedBySilence()
    {
        var hangs = new List<string>();
        using var watch = new WorkerWatch(s_silence, _time, hangs.Add);
        watch.Asked(7);
        watch.Heard(new WorkerReply.Failed(7, ReasonKind.Cancelled, "It was cancelled."));

        _time.Advance(s_silence * 3);

        hangs.Should().BeEmpty();
    }

    [Fact]
    public void Watch_InfinitePatience_WaitsForEver()
    {
        var hangs = new List<string>();
        using var watch = new WorkerWatch(Timeout.InfiniteTimeSpan, _time, hangs.Add);
        watch.Asked(7);

        _time.Advance(TimeSpan.FromDays(10));

        hangs.Should().BeEmpty();
    }

    [Fact]
    public void Pulse_ALongComputation_BeatsAsLongAsBatchesEnd()
    {
        long batches = 0;
        int beats = 0;
        using var pulse = new WorkerPulse(s_silence, _time, () => true, () => new EngineStatistics(1, 10, 0, batches, 10, 1, 0), () => beats++);
        for (int batch = 0; batch < 30; batch++)
        {
            batches++;
            _time.Advance(s_silence);
        }

        beats.Should().Be(30 * 8);

        _time.Advance(s_silence * 30);
        (beats - (29 * 8)).Should().BeInRange(80, 81, "one batch may take ten times the patience");
    }

    [Fact]
    public void Pulse_NothingToDo_BeatsNot()
    {
        int beats = 0;
        bool isBusy = false;
        using var pulse = new WorkerPulse(s_silence, _time, () => isBusy, () => null, () => beats++);
        _time.Advance(s_silence);
        beats.Should().Be(0);

        isBusy = true;
        _time.Advance(s_silence);
        beats.Should().Be(8, "while the model is loaded there are no batches");
    }

    public void Dispose() => _folder.Dispose();

    private static async Task WaitForAsync(WorkerBridge bridge, int questions)
    {
        using WorkerLease lease = await bridge.Workers.UseAsync(TinyModels.File, CancellationToken.None);
        while (lease.Connection.InFlight < questions)
        {
            await Task.Delay(10);
        }
    }

    private static async Task StopAsync(Process process)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        using Process stop = Process.Start("kill", ["-STOP", $"{process.Id}"]);
        await stop.WaitForExitAsync();
    }
}
