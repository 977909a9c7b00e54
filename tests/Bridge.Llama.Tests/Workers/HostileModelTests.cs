using System.Text;
using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Llama.Gguf;
using Bridge.TestKit;
using Bridge.TestKit.Gguf;

namespace Bridge.Llama.Tests.Workers;

/// <summary>Files that Bridge reads without complaint and that end llama.cpp's process: while it loads them, or while it computes.</summary>
public sealed class HostileModelTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, uint?> Hostile => new()
    {
        { "llama.block_count", 600 },                                        // more layers than the library has room for
        { "ment", null },                                                    // a token that is there twice
        { "llama.attention.layer_norm_rms_epsilon", 0x7FC00000 },            // not a number; it fails when the first token is computed
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task ProposeAsync_InAWorker_SaysWhichAssertionFailedAndLives(string place, uint? value)
    {
        string model = Write(place, value);
        await using var bridge = new WorkerBridge();

        (await FluentActions.Awaiting(() => bridge.Caller(model).ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None).WaitAsync(s_patience))
            .Should().ThrowAsync<ToolCallerException>().WithMessage("*hostile.gguf' was ended by signal 6 (abort)*ASSERT*")).Which.IsTransient.Should().BeTrue();
        (await bridge.Caller().ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None).WaitAsync(s_patience)).Calls.Should().NotBeEmpty("another model is not affected");
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task ProposeAsync_InProcess_RefusesWhatEndedTheWorkerThatTriedIt(string place, uint? value)
    {
        string model = Write(place, value);
        await using var bridge = new WorkerBridge(WorkerMode.Auto);

        await FluentActions.Awaiting(() => bridge.Caller(model).ProposeAsync(Tools.Question("Add 1 and 2."), CancellationToken.None).WaitAsync(s_patience))
            .Should().ThrowAsync<ToolCallerException>().WithMessage("*hostile.gguf' is not opened here*signal 6 (abort)*ASSERT*");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The small model with one number or one token changed.</summary>
    private string Write(string place, uint? value)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The number of the signal.");
        byte[] model = TinyModel.Create().ToArray();
        int at = model.AsSpan().IndexOf(Encoding.UTF8.GetBytes(place));
        if (value is { } number)
        {
            BitConverter.TryWriteBytes(model.AsSpan(at + place.Length + sizeof(uint)), number); // behind the key stands its type
        }
        else
        {
            "tion"u8.CopyTo(model.AsSpan(at));
        }

        string path = Path.Combine(_folder.Path, "hostile.gguf");
        File.WriteAllBytes(path, model);
        ModelFacts.Read(path).Architecture.Should().Be("llama", "Bridge's own checks find nothing");
        return path;
    }
}
