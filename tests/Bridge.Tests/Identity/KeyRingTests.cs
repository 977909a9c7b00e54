using Bridge.Identity;
using Bridge.Storage;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Tests.Identity;

public sealed class KeyRingTests : IDisposable
{
    private static readonly CancellationToken s_none = CancellationToken.None;
    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryBridgeStore _store = new();
    private readonly ManualTimeProvider _time = new();
    private readonly KeyRing _ring;

    public KeyRingTests() => _ring = NewRing();

    public void Dispose() => _folder.Dispose();

    private KeyRing NewRing() => new(_store, new LocalKeyFile(DataFolder.Open(_folder.Path)), _time);

    [Fact]
    public async Task CheckAsync_CreatedKey_IsAcceptedWithItsScopesAndNothingMore()
    {
        CreatedKey created = await _ring.CreateAsync("ci", [KeyScopes.Prompts], null, s_none);

        KeyCheck check = await _ring.CheckAsync(created.Text, s_none);

        check.Result.Should().Be(KeyCheckResult.Accepted);
        check.Key!.Allows(KeyScopes.Prompts).Should().BeTrue();
        check.Key.Allows(KeyScopes.Admin).Should().BeFalse();
        check.Key.Identity.Id.Should().Be($"key:{created.Key.Id}");
        check.Key.Identity.Scopes.Should().BeEquivalentTo(KeyScopes.Prompts);
    }

    [Fact]
    public async Task CheckAsync_LocalKeyMadeAnew_IsAcceptedAtOnceAndTheOldOneRefusedSoon()
    {
        string before = _ring.EnsureLocalKey();
        (await _ring.CheckAsync(before, s_none)).Key!.Id.Should().Be(ApiKey.LocalId);

        File.Delete(Path.Combine(_folder.Path, LocalKeyFile.FileName));
        string after = NewRing().EnsureLocalKey();

        (await _ring.CheckAsync(after, s_none)).Result.Should().Be(KeyCheckResult.Accepted);
        _time.Advance(KeyRing.Freshness);
        (await _ring.CheckAsync(before, s_none)).Result.Should().Be(KeyCheckResult.Unknown);
    }

    [Fact]
    public async Task CreateAsync_NothingSaid_GivesDefaultScopesAndNoEnd()
    {
        CreatedKey created = await _ring.CreateAsync("ci", [], null, s_none);

        created.Key.Scopes.Should().BeEquivalentTo(KeyScopes.Default);
        created.Key.Expires.Should().BeNull();
        created.Key.Created.Should().Be(_time.GetUtcNow());
    }

    [Fact]
    [Trait("Attack", "R7")]
    public async Task CreateAsync_Key_IsStoredWithoutItsSecret()
    {
        CreatedKey created = await _ring.CreateAsync("ci", [], null, s_none);

        ApiKey stored = (await _ring.ListAsync(s_none)).Single();
        stored.Hash.Should().HaveLength(64);
        stored.ToString().Should().NotContain(created.Text[^43..]);
        created.ToString().Should().NotContain(created.Text[^43..]);
        created.Text.Should().MatchRegex("^bridge_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$");
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("bridge_0123456789ab")]
    [InlineData("bridge_0123456789ab_")]
    [InlineData("bridge_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("bridge_0123456789AB_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bridge_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task CheckAsync_MadeUpKey_IsUnknown(string text) =>
        (await _ring.CheckAsync(text, s_none)).Should().Be(new KeyCheck(KeyCheckResult.Unknown, null));

    [Fact]
    public async Task CheckAsync_HugeKey_IsRefusedWithoutHashingIt() =>
        (await _ring.CheckAsync("bridge_0123456789ab_" + new string('a', 1_000_000), s_none)).Result.Should().Be(KeyCheckResult.Unknown);

    [Fact]
    public async Task CheckAsync_RightIdWrongSecret_IsUnknown()
    {
        CreatedKey created = await _ring.CreateAsync("ci", [], null, s_none);
        string forged = created.Text[..^1] + (created.Text[^1] == 'A' ? 'B' : 'A');

        (await _ring.CheckAsync(forged, s_none)).Should().Be(new KeyCheck(KeyCheckResult.Unknown, null));
    }

    [Fact]
    public async Task CheckAsync_AfterTheLifetime_IsExpired()
    {
        CreatedKey created = await _ring.CreateAsync("ci", [], TimeSpan.FromHours(1), s_none);

        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        (await _ring.CheckAsync(created.Text, s_none)).Result.Should().Be(KeyCheckResult.Accepted);
        _time.Advance(TimeSpan.FromTicks(1));
        (await _ring.CheckAsync(created.Text, s_none)).Result.Should().Be(KeyCheckResult.Expired);
    }

    [Fact]
    [Trait("Attack", "S6")]
    public async Task RevokeAsync_KnownKey_IsRefusedAtOnceAndKeepsItsFirstDate()
    {
        CreatedKey created = await _ring.CreateAsync("ci", [], null, s_none);
        await _ring.CheckAsync(created.Text, s_none);

        (await _ring.RevokeAsync(created.Key.Id, s_none)).Should().BeTrue();
        DateTimeOffset revoked = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromDays(1));
        await _ring.RevokeAsync(created.Key.Id, s_none);

        KeyCheck check = await _ring.CheckAsync(created.Text, s_none);
        check.Result.Should().Be(KeyCheckResult.Revoked);
        check.Key!.Revoked.Should().Be(revoked);
    }

    [Theory]
    [InlineData("0123456789ab")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    public async Task RevokeAsync_UnknownKey_SaysSo(string id) => (await _ring.RevokeAsync(id, s_none)).Should().BeFalse();

    [Fact]
    [Trait("Attack", "S6")]
    public async Task CheckAsync_RevokedByAnotherProcess_IsRefusedAfterTheFreshness()
    {
        KeyRing other = NewRing();
        CreatedKey created = await other.CreateAsync("ci", [], null, s_none);
        (await _ring.CheckAsync(created.Text, s_none)).Result.Should().Be(KeyCheckResult.Accepted);
        await other.RevokeAsync(created.Key.Id, s_none);

        _time.Advance(KeyRing.Freshness);

        (await _ring.CheckAsync(created.Text, s_none)).Result.Should().Be(KeyCheckResult.Revoked);
    }

    [Fact]
    public async Task CheckAsync_KeyMadeByAnotherProcess_IsAcceptedAtOnce()
    {
        KeyRing other = NewRing();
        await _ring.CheckAsync((await _ring.CreateAsync("a", [], null, s_none)).Text, s_none);

        CreatedKey created = await other.CreateAsync("b", [], null, s_none);

        (await _ring.CheckAsync(created.Text, s_none)).Result.Should().Be(KeyCheckResult.Accepted);
    }

    [Fact]
    public async Task CheckAsync_DeletedFromTheStore_IsUnknownAfterTheFreshness()
    {
        CreatedKey created = await _ring.CreateAsync("ci", [], null, s_none);
        await _ring.CheckAsync(created.Text, s_none);
        await _store.DeleteAsync("keys", created.Key.Id, s_none);

        (await _ring.CheckAsync(created.Text, s_none)).Result.Should().Be(KeyCheckResult.Accepted, "it was looked up a moment ago");
        _time.Advance(KeyRing.Freshness);
        (await _ring.CheckAsync(created.Text, s_none)).Result.Should().Be(KeyCheckResult.Unknown);
    }

    [Fact]
    public async Task ListAsync_SeveralKeys_OldestFirstWithAllThatIsKnown()
    {
        CreatedKey first = await _ring.CreateAsync("first", [KeyScopes.Metrics], TimeSpan.FromDays(1), s_none);
        _time.Advance(TimeSpan.FromSeconds(1));
        CreatedKey second = await _ring.CreateAsync("second", [], null, s_none);

        (await _ring.ListAsync(s_none)).Should().BeEquivalentTo([first.Key, second.Key], how => how.WithStrictOrdering());
    }

    [Fact]
    public async Task CreateAsync_BadInput_NamesIt()
    {
        Func<Task> scope = () => _ring.CreateAsync("ci", ["root"], null, s_none);
        Func<Task> lifetime = () => _ring.CreateAsync("ci", [], TimeSpan.Zero, s_none);
        Func<Task> name = () => _ring.CreateAsync(" ", [], null, s_none);

        (await scope.Should().ThrowAsync<ArgumentException>()).WithMessage("'root' is not a scope; allowed are 'admin'*");
        await lifetime.Should().ThrowAsync<ArgumentException>();
        await name.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task CheckAsync_LocalKey_IsTheLocalUserWithEveryScope()
    {
        string text = _ring.EnsureLocalKey();

        KeyCheck check = await _ring.CheckAsync(text, s_none);

        check.Result.Should().Be(KeyCheckResult.Accepted);
        check.Key!.Identity.Id.Should().Be(ClientIdentity.Local.Id);
        KeyScopes.All.Should().OnlyContain(scope => check.Key.Allows(scope));
        (await _ring.ListAsync(s_none)).Should().BeEmpty();
    }
}
