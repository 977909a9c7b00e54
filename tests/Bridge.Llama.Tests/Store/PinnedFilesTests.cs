using Bridge.Llama.Inference;
using Bridge.Llama.Loading;
using Bridge.Llama.Store;
using Bridge.Llama.Synthesis;
using Bridge.Storage;
using Bridge.TestKit;
using Bridge.TestKit.Gguf;

namespace Bridge.Llama.Tests.Store;

public sealed class PinnedFilesTests : IDisposable
{
    private static readonly byte[] s_model = TinyModel.Create(GgufTensorType.Q4).ToArray();

    private readonly TemporaryFolder _folder = new();
    private readonly string _file;
    private ModelStore _store;

    public PinnedFilesTests()
    {
        _file = Path.Combine(_folder.Path, "small.gguf");
        File.WriteAllBytes(_file, s_model);
        _store = Open();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Attack", "Z7")]
    public async Task Z7_FileExchangedWhileBridgeRuns_IsNotOpened()
    {
        await AddAsync(pinned: true);
        (await FindAsync()).Should().Be(_file);

        Exchange(minutes: 1);
        (await FindAsync()).Should().Be("BadModel").And.NotBe(_file);

        File.WriteAllBytes(_file, s_model);
        (await FindAsync()).Should().Be(_file, "the file that was added is back");
    }

    [Theory]
    [Trait("Attack", "Z7")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Z7_FileExchangedBetweenRuns_IsNotOpened(bool openedBefore)
    {
        await AddAsync(pinned: true);
        if (openedBefore)
        {
            await FindAsync();
        }

        Exchange(minutes: 1);
        _store.Dispose();
        _store = Open();

        Func<Task> find = () => new ModelFiles(_store).FindAsync("small", Cancel);
        (await find.Should().ThrowAsync<FileNotFoundException>()).Which.Message
            .Should().Contain("is not the file that was added as 'small'").And.Contain("SHA-256").And.Contain("bridge models remove small");
    }

    [Fact]
    public async Task Find_LengthAndTimeAsBefore_IsNotReadAgain()
    {
        await AddAsync(pinned: true);
        await FindAsync();
        DateTime time = File.GetLastWriteTimeUtc(_file);

        Exchange(minutes: 0);
        File.SetLastWriteTimeUtc(_file, time);
        _store.Dispose();
        _store = Open();

        (await FindAsync()).Should().Be(_file, "gigabytes are not read at each start");
    }

    [Fact]
    public async Task Find_FileWithoutHash_MayChange()
    {
        await AddAsync(pinned: false);
        Exchange(minutes: 1);

        (await FindAsync()).Should().Be(_file);
    }

    // As a tool caller finds it: the path, or what is wrong with it.
    private async Task<string> FindAsync()
    {
        try
        {
            return await LoadedModels.FindAsync(new ModelFiles(_store), "small", Cancel);
        }
        catch (LlamaException error)
        {
            return error.Fault.ToString();
        }
    }

    private void Exchange(int minutes)
    {
        byte[] other = (byte[])s_model.Clone();
        other[^1] ^= 1;
        DateTime time = File.GetLastWriteTimeUtc(_file);
        File.WriteAllBytes(_file, other);
        File.SetLastWriteTimeUtc(_file, time.AddMinutes(minutes));
    }

    private Task<AddedModels> AddAsync(bool pinned) =>
        _store.AddAsync(new(_file) { Sha256 = pinned ? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(s_model)) : null }, null, Cancel);

    private ModelStore Open() => new(DataFolder.Open(Path.Combine(_folder.Path, "data")), ModelStoreOptions.From(_ => null), TimeProvider.System);
}
