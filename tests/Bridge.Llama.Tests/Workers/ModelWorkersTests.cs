using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bridge.Calling;
using Bridge.Llama.Inference;
using Bridge.Llama.Workers;
using Bridge.Outcomes;
using Bridge.TestKit;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Tests.Workers;

public sealed class ModelWorkersTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task ProposeAsync_InAWorker_ProposesWhatTheModelProposesInProcess()
    {
        await using var inWorker = new WorkerBridge();
        await using var inProcess = new LlamaBridge();
        for (int i = 0; i < 3; i++)
        {
            Proposal there = await inWorker.Caller().ProposeAsync(Tools.Question($"Add {i} and 4."), CancellationToken.None).WaitAsync(s_patience);
            Proposal here = await inProcess.Caller().ProposeAsync(Tools.Question($"Add {i} and 4."), CancellationToken.None);

            there.Calls.Select(call => (call.WireName, Encoding.UTF8.GetString(call.Arguments.Span))).Should()
                .Equal(here.Calls.Select(call => (call.WireName, Encoding.UTF8.GetString(call.Arguments.Span)))).And.NotBeEmpty();
            there.Calls[0].Confidence.Should().BeApproximately(here.Calls[0].Confidence!.Value, 0.02);
            there.Calls[0].ArgumentConfidence.Keys.Should().BeEquivalentTo(here.Calls[0].ArgumentConfidence.Keys);
            there.InputTokens.Should().Be(here.InputTokens);
        }
    }

    [Fact]
    public async Task GetStreamingResponseAsync_InAWorker_StreamsTextAndUsage()
    {
        await using var bridge = new WorkerBridge();
        var options = new ChatOptions { MaxOutputTokens = 40, Temperature = 1, Seed = 7 };
        var pieces = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in bridge.Responder().GetStreamingResponseAsync("Say something.", options))
        {
            pieces.Add(update);
        }

        ChatResponse whole = pieces.ToChatResponse();
        pieces.Count(piece => piece.Text.Length > 0).Should().BeGreaterThan(3, "it streams");
        whole.Usage!.OutputTokenCount.Should().BeInRange(1, 40);
        whole.Usage.InputTokenCount.Should().BeGreaterThan(0);
        whole.FinishReason.Should().Be(whole.Usage.OutputTokenCount == 40 ? ChatFinishReason.Length : ChatFinishReason.Stop);
    }

    [Fact]
    public async Task ProposeAsync_WorkerKilledWithPromptsInFlight_FailsThemAndAnswersTheNext()
    {
        await using var bridge = new WorkerBridge();
        using Process killed = await bridge.ProcessAsync();
        await using IAsyncEnumerator<ChatResponseUpdate> answer = bridge.Responder()
            .GetStreamingResponseAsync("Go on.", new ChatOptions { MaxOutputTokens = 6000, Temperature = 1, Seed = 1 }).GetAsyncEnumerator();
        (await answer.MoveNextAsync()).Should().BeTrue();
        Task<Proposal>[] inFlight = [.. Enumerable.Range(0, 40).Select(i => bridge.Caller().ProposeAsync(Tools.Question($"Add {i} and {i}."), CancellationToken.None))];

        killed.Kill();

        int failed = 0;
        foreach (Task<Proposal> prompt in inFlight)
        {
            await Task.WhenAny(prompt).WaitAsync(s_patience);
            if (prompt.IsFaulted)
            {
                failed++;
                var error = prompt.Exception!.InnerException.Should().BeOfType<ToolCallerException>().Subject;
                error.Message.Should().Contain("was ended by signal 9 (killed)").And.Contain("tiny.gguf");
                (error.Kind, error.IsTransient).Should().Be((ReasonKind.CallerUnavailable, true));
            }
        }

        failed.Should().BeGreaterThan(30, "they had only just been asked");
        await FluentActions.Awaiting(async () =>
        {
            while (await answer.MoveNextAsync().AsTask().WaitAsync(s_patience))
            {
                // what came before the end
            }
        }).Should().ThrowAsync<ToolCallerException>("an answer that is cut off is no answer");

        Proposal next = await bridge.Caller().ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None).WaitAsync(s_patience);
        next.Calls.Should().NotBeEmpty();
        using Process another = await bridge.ProcessAsync();
        another.Id.Should().NotBe(killed.Id);
        killed.HasExited.Should().BeTrue();
    }

    [Fact]
    public async Task ProposeAsync_DeathsInARow_GiveTheFileUpUntilItChanges()
    {
        await using var bridge = new WorkerBridge();
        string model = WorkerBridge.Copy(_folder.Path);
        for (int i = 0; i < 3; i++)
        {
            using Process process = await bridge.ProcessAsync(model);
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(s_patience);
            await WaitForEndAsync(bridge, model, process.Id);
        }

        Func<Task> propose = () => bridge.Caller(model).ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None).WaitAsync(s_patience);
        (await propose.Should().ThrowAsync<ToolCallerException>().WithMessage("*copy.gguf' died 3 times within a minute*")).Which.IsTransient.Should().BeFalse();
        (await bridge.Caller().ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None)).Calls.Should().NotBeEmpty("another file is another matter");

        File.SetLastWriteTimeUtc(model, DateTime.UtcNow.AddSeconds(5));
        await propose.Should().NotThrowAsync();
    }

    [Fact]
    public async Task ProposeAsync_APromptThatKilledTwice_IsNotTriedAThirdTime()
    {
        await using var bridge = new WorkerBridge();
        ProposalRequest question = Tools.Question("Add 1 and 2.");
        IToolCaller caller = bridge.Caller();
        for (int time = 1; time <= 2; time++)
        {
            using Process process = await bridge.ProcessAsync();
            using (Process stop = Process.Start("kill", ["-STOP", $"{process.Id}"]))
            {
                await stop.WaitForExitAsync();
            }

            Task<Proposal> asked = caller.ProposeAsync(question, CancellationToken.None);
            asked.IsCompleted.Should().BeFalse("the worker stands still");
            process.Kill();

            (await FluentActions.Awaiting(() => asked.WaitAsync(s_patience)).Should().ThrowAsync<ToolCallerException>()).Which.IsTransient.Should().Be(time == 1);
        }
    }

    [Fact]
    public async Task ProposeAsync_Cancelled_ReturnsAtOnceAndFreesTheWorker()
    {
        await using var bridge = new WorkerBridge();
        using Process process = await bridge.ProcessAsync();
        using var stop = new CancellationTokenSource();
        await using (IAsyncEnumerator<ChatResponseUpdate> answer = bridge.Responder()
            .GetStreamingResponseAsync("Go on.", new ChatOptions { MaxOutputTokens = 6000, Temperature = 1, Seed = 1 }, stop.Token).GetAsyncEnumerator())
        {
            (await answer.MoveNextAsync()).Should().BeTrue();
            await stop.CancelAsync();
            await FluentActions.Awaiting(async () =>
            {
                while (await answer.MoveNextAsync().AsTask().WaitAsync(s_patience))
                {
                    // what came before
                }
            }).Should().ThrowAsync<OperationCanceledException>();
        }

        // Together with what was cancelled this would not fit the context.
        Func<Task> again = () => bridge.Responder().GetResponseAsync("Go on.", new ChatOptions { MaxOutputTokens = 7000, Temperature = 1, Seed = 5 }).WaitAsync(s_patience);
        await again.Should().NotThrowAsync();
        process.HasExited.Should().BeFalse("one process served both");
    }

    [Fact]
    public async Task ProposeAsync_NobodyForAWhile_EndsTheProcess()
    {
        var time = new ManualTimeProvider();
        await using var bridge = new WorkerBridge(time: time);
        using Process process = await bridge.ProcessAsync();
        time.Advance(TimeSpan.FromMinutes(14));
        process.HasExited.Should().BeFalse();

        time.Advance(TimeSpan.FromMinutes(2));

        await process.WaitForExitAsync().WaitAsync(s_patience);
        (await bridge.Caller().ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None).WaitAsync(s_patience)).Calls.Should().NotBeEmpty();
    }

    [Fact]
    public async Task LoadAsync_AndUnload_StartAndEndTheProcess()
    {
        await using var bridge = new WorkerBridge();
        string model = WorkerBridge.Copy(_folder.Path);
        ModelWorkers workers = bridge.Workers;
        workers.StateOf(model).Should().Be(LoadState.Unloaded);
        workers.Unload(model).Should().BeFalse();

        await workers.LoadAsync(model, CancellationToken.None).WaitAsync(s_patience);

        workers.StateOf(model).Should().Be(LoadState.Loaded);
        workers.Names.Should().Equal(model);
        Process process;
        using (WorkerLease lease = await workers.UseAsync(model, CancellationToken.None))
        {
            process = Process.GetProcessById(lease.Connection.ProcessId);
            workers.Unload(model).Should().BeTrue();
            workers.Names.Should().BeEmpty();
            process.HasExited.Should().BeFalse("somebody uses it");
        }

        await process.WaitForExitAsync().WaitAsync(s_patience);
        process.Dispose();
    }

    [Fact]
    public async Task LoadAsync_DeathWhileLoading_IsAnErrorOfTheModel()
    {
        await using var bridge = new WorkerBridge(executable: Script("read line\necho 'what(): no luck' >&2\nkill -ABRT $$"));

        await FluentActions.Awaiting(() => bridge.Workers.LoadAsync(TinyModels.File, CancellationToken.None).WaitAsync(s_patience))
            .Should().ThrowAsync<LlamaException>().WithMessage("*was ended by signal 6 (abort) after it had said 'what(): no luck'*");
    }

    [Fact]
    public async Task Unload_WhileLoading_EndsTheProcess()
    {
        await using var bridge = new WorkerBridge(executable: Script($"echo $$ > '{_folder.Path}/id'\nexec sleep 1000"));
        using var stop = new CancellationTokenSource();
        Task loading = bridge.Workers.LoadAsync(TinyModels.File, stop.Token);
        string id = Path.Combine(_folder.Path, "id");
        while (!File.Exists(id) || (await File.ReadAllTextAsync(id)).Length < 2)
        {
            await Task.Delay(10);
        }

        using var process = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(id), CultureInfo.InvariantCulture));
        bridge.Workers.StateOf(TinyModels.File).Should().Be(LoadState.Loading);
        bridge.Workers.Unload(TinyModels.File).Should().BeTrue();
        await stop.CancelAsync();

        await process.WaitForExitAsync().WaitAsync(s_patience);
        await FluentActions.Awaiting(() => loading).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task DisposeAsync_WithAWorker_LeavesNoProcess()
    {
        Process process;
        Task<Proposal> prompt;
        await using (var bridge = new WorkerBridge())
        {
            process = await bridge.ProcessAsync();
            prompt = bridge.Caller().ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None);
        }

        await Task.WhenAny(prompt).WaitAsync(s_patience);
        process.HasExited.Should().BeTrue();
        process.Dispose();
    }

    [Theory]
    [InlineData("missing.gguf", "*no file 'missing.gguf'*")]
    [InlineData("unknown", "*no model store*")]
    public async Task ProposeAsync_NoSuchModel_SaysSoInTheSameWords(string file, string message)
    {
        await using var bridge = new WorkerBridge();
        Func<Task> propose = () => bridge.Caller(file).ProposeAsync(Tools.Question("x"), CancellationToken.None);

        await propose.Should().ThrowAsync<ToolCallerException>().WithMessage(message);
    }

    [Fact]
    public async Task ProposeAsync_ATruncatedFile_IsRefusedByTheWorkerInTheSameWords()
    {
        byte[] whole = await File.ReadAllBytesAsync(TinyModels.File);
        string cut = Path.Combine(_folder.Path, "cut.gguf");
        await File.WriteAllBytesAsync(cut, whole[..(whole.Length / 2)]);
        await using var bridge = new WorkerBridge();
        Func<Task> propose = () => bridge.Caller(cut).ProposeAsync(Tools.Question("x"), CancellationToken.None).WaitAsync(s_patience);

        await propose.Should().ThrowAsync<ToolCallerException>().WithMessage("*cut.gguf' cannot be used*");
    }

    [Fact]
    public async Task ProposeAsync_MoreThanTheContext_KeepsItsKind()
    {
        await using var bridge = new WorkerBridge();
        Func<Task> propose = () => bridge.Caller().ProposeAsync(Tools.Question(string.Concat(Enumerable.Repeat("What is it? ", 4000))), CancellationToken.None).WaitAsync(s_patience);

        (await propose.Should().ThrowAsync<ToolCallerException>().WithMessage("*context of 8192*")).Which.Kind.Should().Be(ReasonKind.ContextOverflow);
    }

    [Fact]
    public async Task ProposeAsync_AlwaysWithoutAProgramToStart_SaysWhatToDo()
    {
        await using var bridge = new WorkerBridge(executable: Path.Combine(_folder.Path, "absent"));
        Func<Task> propose = () => bridge.Caller().ProposeAsync(Tools.Question("x"), CancellationToken.None).WaitAsync(s_patience);

        await propose.Should().ThrowAsync<ToolCallerException>().WithMessage("*cannot be started from*absent*");
    }

    public void Dispose() => _folder.Dispose();

    private string Script(string lines) => WorkerBridge.Script(_folder, lines);

    /// <summary>Waits until the host has seen the end of a process.</summary>
    private static async Task WaitForEndAsync(WorkerBridge bridge, string model, int id)
    {
        while (true)
        {
            try
            {
                using WorkerLease lease = await bridge.Workers.UseAsync(model, CancellationToken.None);
                if (lease.Connection.ProcessId != id)
                {
                    return;
                }
            }
            catch (LlamaException)
            {
                return;
            }

            await Task.Delay(10);
        }
    }
}
