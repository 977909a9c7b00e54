using System.Text;
using Bridge.Storage;
using Bridge.TestKit;

namespace Bridge.Tests.Storage;

/// <summary>What every store keeps to, in memory or in files.</summary>
public sealed class BridgeStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WriteAsync_Anything_IsReadBackUntilItIsDeleted(bool files)
    {
        IBridgeStore store = Create(files);

        (await store.ReadAsync("pins", "a", default)).Should().BeNull();
        (await store.ListAsync("pins", default)).Should().BeEmpty();
        await store.WriteAsync("pins", "a", "1"u8.ToArray(), default);
        await store.WriteAsync("pins", "a", "2"u8.ToArray(), default);

        (await TextAsync(store, "a")).Should().Be("2");
        (await store.DeleteAsync("pins", "a", default)).Should().BeTrue();
        (await store.DeleteAsync("pins", "a", default)).Should().BeFalse();
        (await store.ReadAsync("pins", "a", default)).Should().BeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ListAsync_KeysOfEveryKind_ComeBackInOrder(bool files)
    {
        IBridgeStore store = Create(files);
        string[] keys = ["A", "a", "a.b/c", "..", "ollama/qwen3:0.6b", "é~\u0001", "con"];
        foreach (string key in keys)
        {
            await store.WriteAsync("models", key, Encoding.UTF8.GetBytes(key), default);
        }

        (await store.ListAsync("models", default)).Should().Equal(keys.Order(StringComparer.Ordinal));
        Encoding.UTF8.GetString((await store.ReadAsync("models", "..", default))!.Content.Span).Should().Be("..");
        (await store.ListAsync("other", default)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TryReplaceAsync_ReadAnew_OnlyTheFirstOfTwoWritersWins(bool files)
    {
        IBridgeStore store = Create(files);

        (await store.TryReplaceAsync("pins", "a", "1"u8.ToArray(), null, default)).Should().BeTrue();
        (await store.TryReplaceAsync("pins", "a", "x"u8.ToArray(), null, default)).Should().BeFalse();
        StoredDocument read = (await store.ReadAsync("pins", "a", default))!;
        (await store.TryReplaceAsync("pins", "a", "2"u8.ToArray(), read, default)).Should().BeTrue();
        (await store.TryReplaceAsync("pins", "a", "x"u8.ToArray(), read, default)).Should().BeFalse();

        (await TextAsync(store, "a")).Should().Be("2");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TryReplaceAsync_ManyWritersInSeveralStores_NoUpdateIsLost(bool files)
    {
        var shared = Create(files);
        IBridgeStore[] stores = files ? [shared, Create(files), Create(files)] : [shared, shared, shared];

        await Task.WhenAll(stores.Select(store => Task.Run(async () =>
        {
            for (int count = 0; count < 10; count++)
            {
                await IncrementAsync(store);
            }
        })));

        (await TextAsync(shared, "counter")).Should().Be("30");
    }

    [Theory]
    [InlineData(false, "", "a")]
    [InlineData(true, "-x", "a")]
    [InlineData(true, "X", "a")]
    [InlineData(true, "a/b", "a")]
    [InlineData(false, "pins", "")]
    [InlineData(true, "pins", "1234567890123456789012345678901234567890123456789012345678901")]
    public async Task WriteAsync_NameOutsideTheRules_IsRefused(bool files, string collection, string key)
    {
        Func<Task> write = () => Create(files).WriteAsync(collection, key, default, default).AsTask();

        await write.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task ReadAsync_ChangingTheBufferAfterwards_ChangesNothing()
    {
        IBridgeStore store = Create(files: false);
        byte[] content = [1];
        await store.WriteAsync("pins", "a", content, default);
        content[0] = 2;

        (await store.ReadAsync("pins", "a", default))!.Content.ToArray().Should().Equal(1);
    }

    [Fact]
    public async Task WriteAsync_ToFiles_LeavesPrivateFilesAndNothingHalf()
    {
        IBridgeStore store = Create(files: true);
        await store.WriteAsync("pins", "a", "1"u8.ToArray(), default);
        string collection = Path.Combine(_folder.Path, "data", "store", "pins");

        Directory.EnumerateFiles(collection).Select(Path.GetFileName).Should().BeEquivalentTo(".lock", "a.json");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(collection, "a.json")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllText(Path.Combine(collection, "~zz.json"), "foreign");
        (await store.ListAsync("pins", default)).Should().Equal("a");
    }

    [Fact]
    public async Task WriteAsync_CannotReplace_LeavesNothingBeside()
    {
        using var store = (FileBridgeStore)Create(files: true);
        string inTheWay = Path.Combine(_folder.Path, "data", "store", "pins", "a.json");
        Directory.CreateDirectory(inTheWay);

        Func<Task> write = () => store.WriteAsync("pins", "a", "1"u8.ToArray(), default).AsTask();

        await write.Should().ThrowAsync<Exception>();
        Directory.EnumerateFiles(Path.GetDirectoryName(inTheWay)!, "*.tmp").Should().BeEmpty();
        await store.WriteAsync("pins", "b", "1"u8.ToArray(), default);
    }

    [Fact]
    public async Task WriteAsync_LockedByAnotherProcessForTooLong_SaysSo()
    {
        var clock = new ManualTimeProvider();
        using var store = new FileBridgeStore(DataFolder.Open(Path.Combine(_folder.Path, "data")), clock);
        await store.WriteAsync("pins", "a", "1"u8.ToArray(), default);
        using FileStream held = FileLock.TryTake(Path.Combine(_folder.Path, "data", "store", "pins", ".lock"))!;

        Task write = store.WriteAsync("pins", "a", "2"u8.ToArray(), default).AsTask();
        while (!write.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await FluentActions.Awaiting(() => write).Should().ThrowAsync<IOException>()).Which.Message.Should().Contain("locked by another process");
    }

    private static async Task<string> TextAsync(IBridgeStore store, string key) =>
        Encoding.UTF8.GetString((await store.ReadAsync("pins", key, default))!.Content.Span);

    private static async Task IncrementAsync(IBridgeStore store)
    {
        bool written = false;
        while (!written)
        {
            StoredDocument? read = await store.ReadAsync("pins", "counter", default);
            int value = read is null ? 0 : int.Parse(Encoding.ASCII.GetString(read.Content.Span));
            written = await store.TryReplaceAsync("pins", "counter", Encoding.ASCII.GetBytes($"{value + 1}"), read, default);
        }
    }

    private IBridgeStore Create(bool files) => files
        ? new FileBridgeStore(DataFolder.Open(Path.Combine(_folder.Path, "data")), TimeProvider.System)
        : new InMemoryBridgeStore();
}
