using System.Text;
using Bridge.Storage;
using Bridge.TestKit;

namespace Bridge.Tests.Storage;

public sealed class CredentialStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryBridgeStore _store = new();

    [Theory]
    [InlineData(null)]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task ReadAsync_Written_IsTheSameAndNotInTheStore(string? masterKey)
    {
        await Open(masterKey).WriteAsync("login.a", "the secret"u8.ToArray(), CancellationToken.None);

        StoredCredential? read = await Open(masterKey).ReadAsync("login.a", CancellationToken.None);

        Encoding.UTF8.GetString(read!.Content.Span).Should().Be("the secret");
        read.ToString().Should().NotContain("secret");
        Encoding.UTF8.GetString((await _store.ReadAsync("credentials", "login.a", CancellationToken.None))!.Content.Span).Should().NotContain("secret");
        File.Exists(Path.Combine(_folder.Path, "data", CredentialKey.FileName)).Should().Be(masterKey is null);
    }

    [Fact]
    public async Task ReadAsync_OtherNameOtherKeyOrChanged_IsRefused()
    {
        CredentialStore credentials = Open(null);
        await credentials.WriteAsync("login.a", "the secret"u8.ToArray(), CancellationToken.None);
        ReadOnlyMemory<byte> kept = (await _store.ReadAsync("credentials", "login.a", CancellationToken.None))!.Content;
        await _store.WriteAsync("credentials", "login.b", kept, CancellationToken.None);
        byte[] changed = kept.ToArray();
        changed[20] = changed[20] == 'A' ? (byte)'B' : (byte)'A';
        await _store.WriteAsync("credentials", "login.c", changed, CancellationToken.None);
        await _store.WriteAsync("credentials", "login.d", "{}"u8.ToArray(), CancellationToken.None);
        await _store.WriteAsync("credentials", "login.e", "[1]"u8.ToArray(), CancellationToken.None);

        foreach ((CredentialStore reader, string name) in new[] { (credentials, "login.b"), (credentials, "login.c"), (credentials, "login.d"), (credentials, "login.e"), (Open(new string('k', 32)), "login.a") })
        {
            Func<Task> read = () => reader.ReadAsync(name, CancellationToken.None).AsTask();
            (await read.Should().ThrowAsync<CredentialException>(name)).Which.Message.Should().Contain(CredentialKey.Variable);
        }
    }

    [Fact]
    public async Task TryReplaceAsync_SomebodyElseWrote_ChangesNothing()
    {
        CredentialStore credentials = Open(null);
        await credentials.WriteAsync("a", "1"u8.ToArray(), CancellationToken.None);
        StoredCredential first = (await credentials.ReadAsync("a", CancellationToken.None))!;

        StoredCredential? second = await credentials.TryReplaceAsync("a", "2"u8.ToArray(), first, CancellationToken.None);

        second.Should().NotBeNull();
        (await credentials.TryReplaceAsync("a", "3"u8.ToArray(), first, CancellationToken.None)).Should().BeNull();
        (await credentials.TryReplaceAsync("a", "4"u8.ToArray(), second!, CancellationToken.None)).Should().NotBeNull();
    }

    [Fact]
    public async Task Of_ShortMasterKey_IsRefused()
    {
        Func<Task> write = () => Open("short").WriteAsync("a", "1"u8.ToArray(), CancellationToken.None).AsTask();

        (await write.Should().ThrowAsync<CredentialException>()).Which.Message.Should().Contain("openssl rand");
    }

    [Fact]
    public async Task Of_ManyProcessesAtOnce_ShareOneKey()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Open(null).WriteAsync($"login.{i}", "x"u8.ToArray(), CancellationToken.None).AsTask())));

        CredentialStore credentials = Open(null);
        foreach (string name in await credentials.ListAsync(CancellationToken.None))
        {
            (await credentials.ReadAsync(name, CancellationToken.None))!.Content.Length.Should().Be(1);
        }
    }

    public void Dispose() => _folder.Dispose();

    private CredentialStore Open(string? masterKey) =>
        new(_store, CredentialKey.Of(DataFolder.Open(Path.Combine(_folder.Path, "data")), masterKey));
}
