using Bridge.Calling;
using Bridge.Configuration;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Workers;

public sealed class CheckedFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task ProposeAsync_InProcess_OpensANewFileInAWorkerOnce()
    {
        string model = WorkerBridge.Copy(_folder.Path);
        string counted = Program($"echo started >> '{_folder.Path}/log'\nexec '{BuiltBridge.Executable}' \"$@\"");
        await using var bridge = new WorkerBridge(WorkerMode.Auto, counted);

        bridge.Workers.AreUsed.Should().BeFalse("this program does not serve");
        (await bridge.Caller(model).ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None)).Calls.Should().NotBeEmpty();
        (await bridge.Caller(Path.Combine(_folder.Path, ".", "copy.gguf")).ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None)).Calls.Should().NotBeEmpty();

        (await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "log"))).Should().ContainSingle("the second name is the same file");
    }

    [Fact]
    public async Task ProposeAsync_AFileThatEndsTheWorker_IsNotOpenedHere()
    {
        string model = WorkerBridge.Copy(_folder.Path);
        await using var bridge = new WorkerBridge(WorkerMode.Auto, Program("read line\necho 'GGML_ASSERT(n > 0) failed' >&2\nkill -ABRT $$"));
        Func<Task> propose = () => bridge.Caller(model).ProposeAsync(Tools.Question("x"), CancellationToken.None);

        await propose.Should().ThrowAsync<ToolCallerException>()
            .WithMessage("*copy.gguf' is not opened here: the process that tried it first was ended by signal 6 (abort) after it had said 'GGML_ASSERT(n > 0) failed'*");
    }

    [Fact]
    public async Task ProposeAsync_Never_StartsNoWorker()
    {
        string model = WorkerBridge.Copy(_folder.Path);
        await using var bridge = new WorkerBridge(WorkerMode.Never, Path.Combine(_folder.Path, "absent"));

        (await bridge.Caller(model).ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None)).Calls.Should().NotBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private string Program(string lines) => WorkerBridge.Script(_folder, lines);
}
