using System.Security.Cryptography;
using Bridge.Llama.Downloads;
using Bridge.Llama.Gguf;
using Bridge.Llama.Store;
using Bridge.Storage;
using Bridge.TestKit;
using Bridge.Llama.Synthesis;
using Bridge.TestKit.Gguf;

namespace Bridge.Llama.Tests.Store;

public sealed class ModelStoreTests : IAsyncLifetime
{
    private static readonly byte[] s_model = TinyModel.Create(GgufTensorType.Q4).ToArray();

    private readonly TemporaryFolder _folder = new();
    private FileServer _server = null!;
    private ModelStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Models => Path.Combine(_folder.Path, "data", "models");

    public async ValueTask InitializeAsync()
    {
        _server = await FileServer.StartAsync();
        _store = Open();
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Add_File_PointsToIt()
    {
        string path = Write("My Model.gguf");
        ModelRecord record = await AddAsync(new("My Model.gguf") { CurrentFolder = _folder.Path });

        record.Name.Should().Be("my-model");
        record.Path.Should().Be(path);
        record.Downloaded.Should().BeFalse();
        record.Summary.Should().Be(new ModelSummary("llama", "647K", "Q4_0", 8192));
        Directory.GetFiles(Models, "*", SearchOption.AllDirectories).Should().BeEmpty("nothing is copied");
        using ModelStore another = Open();
        (await another.FindAsync("MY-MODEL", Cancel)).Should().BeEquivalentTo(record);
    }

    [Fact]
    public async Task Add_FileAgain_IsFine()
    {
        Write("a.gguf");
        await AddAsync(new(PathOf("a.gguf")));
        await AddAsync(new(PathOf("a.gguf")));
        (await _store.ListAsync(Cancel)).Should().ContainSingle();
    }

    [Fact]
    public async Task Add_SameNameForAnotherFile_NamesTheOther()
    {
        await AddAsync(new(Write("a.gguf")));
        (await StoreFaultAsync(new(Write("b.gguf")) { Name = "A" })).Should().Contain("'a' is that of").And.Contain("a.gguf").And.Contain("--name");
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData(".x")]
    [InlineData("a b")]
    public async Task Add_NameThatCannotBe_SaysWhatCan(string name) =>
        (await StoreFaultAsync(new(Write("a.gguf")) { Name = name })).Should().Contain("cannot be the name");

    [Fact]
    public async Task Add_Nothing_SaysHowHubsAreWritten() => (await StoreFaultAsync(new(PathOf("no.gguf")))).Should().Contain("There is no file").And.Contain("hf:ORG/REPO");

    [Fact]
    public async Task Add_FileThatIsNoModel_SaysWhy()
    {
        File.WriteAllText(PathOf("x.gguf"), "no model");
        Func<Task> add = () => AddAsync(new(PathOf("x.gguf")));
        await add.Should().ThrowAsync<GgufException>();
        (await _store.ListAsync(Cancel)).Should().BeEmpty();
    }

    [Fact]
    [Trait("Attack", "Z7")]
    public async Task Add_FileWithHash_IsChecked()
    {
        string path = Write("a.gguf");
        (await StoreFaultAsync(new(path) { Sha256 = new string('0', 64) })).Should().Contain(HashOf(s_model));
        (await StoreFaultAsync(new(path) { Sha256 = "abc" })).Should().Contain("64 hexadecimal digits");
        (await AddAsync(new(path) { Sha256 = HashOf(s_model).ToUpperInvariant() })).Files.Single().Sha256.Should().Be(HashOf(s_model));
    }

    [Fact]
    public async Task Add_Folder_TakesAllModelsAndSaysWhatIsNone()
    {
        Write("a.gguf");
        Write("b.gguf");
        File.WriteAllText(PathOf("broken.gguf"), "no");
        File.WriteAllText(PathOf("notes.txt"), "no");
        AddedModels added = await _store.AddAsync(new(_folder.Path), null, Cancel);

        added.Models.Select(model => model.Name).Should().Equal("a", "b");
        added.Skipped.Single().Path.Should().EndWith("broken.gguf");
        (await StoreFaultAsync(new(_folder.Path) { Name = "x" })).Should().Contain("is a folder");
        (await StoreFaultAsync(new(Models))).Should().Contain("holds no file");
    }

    [Fact]
    public async Task Remove_LinkedModel_KeepsItsFile()
    {
        string path = Write("a.gguf");
        await AddAsync(new(path));
        (await _store.RemoveAsync("a", Cancel)).Should().BeNull();

        File.Exists(path).Should().BeTrue();
        (await _store.ListAsync(Cancel)).Should().BeEmpty();
        await Fault<ModelStoreException>(() => _store.RemoveAsync("a", Cancel), "There is no model 'a'");
        await Fault<ModelStoreException>(() => _store.FindAsync("a", Cancel), "There is no model 'a'");
    }

    [Fact]
    public async Task Add_Address_FetchesAndRecordsTheHash()
    {
        ModelRecord record = await AddAsync(new(_server.Put("/dir/tiny.gguf", s_model) + "?secret=1"));

        record.Name.Should().Be("tiny");
        record.Downloaded.Should().BeTrue();
        record.Path.Should().Be(Path.Combine(Models, "tiny", "tiny.gguf"));
        record.Files.Single().Sha256.Should().Be(HashOf(s_model));
        record.ToString().Should().NotContain("secret");
        Directory.GetFiles(_folder.Path, "*.json", SearchOption.AllDirectories).Select(File.ReadAllText).Should().NotContain(text => text.Contains("secret"));
    }

    [Fact]
    public async Task Remove_FetchedModel_DeletesItsFiles()
    {
        await AddAsync(new(_server.Put("/tiny.gguf", s_model).AbsoluteUri));
        (await _store.RemoveAsync("tiny", Cancel)).Should().Be(s_model.Length);
        Directory.Exists(Path.Combine(Models, "tiny")).Should().BeFalse();
    }

    [Fact]
    public async Task Add_AddressAgain_FetchesNothingWhileTheFileIsSound()
    {
        Uri url = _server.Put("/tiny.gguf", s_model);
        ModelRecord first = await AddAsync(new(url.AbsoluteUri));
        (await AddAsync(new(url.AbsoluteUri))).Should().BeEquivalentTo(first);
        _server.Requests.Should().ContainSingle();
    }

    [Fact]
    [Trait("Attack", "Z7")]
    public async Task Add_AddressAgainWhenOtherBytesLieThere_IsRefused()
    {
        Uri url = _server.Put("/tiny.gguf", s_model);
        ModelRecord record = await AddAsync(new(url.AbsoluteUri));
        File.Delete(record.Path);
        byte[] changed = (byte[])s_model.Clone();
        changed[^1] ^= 1;
        _server.Put("/tiny.gguf", changed, "\"2\"");

        await Fault<DownloadException>(() => AddAsync(new(url.AbsoluteUri)), "is expected: it is another file");
        _server.Put("/tiny.gguf", s_model, "\"3\"");
        await AddAsync(new(url.AbsoluteUri));
        File.ReadAllBytes(record.Path).Should().Equal(s_model);
    }

    [Fact]
    [Trait("Attack", "Z7")]
    public async Task Add_AddressWithHash_IsPinned()
    {
        Uri url = _server.Put("/tiny.gguf", s_model);
        await Fault<DownloadException>(() => AddAsync(new(url.AbsoluteUri) { Sha256 = new string('0', 64) }), "is expected");
        (await _store.ListAsync(Cancel)).Should().BeEmpty();
        await AddAsync(new(url.AbsoluteUri) { Sha256 = HashOf(s_model) });
        (await StoreFaultAsync(new(url.AbsoluteUri) { Sha256 = new string('0', 64) })).Should().Contain("remove it first");
    }

    [Fact]
    public async Task Add_AddressOfSomethingElse_LeavesNothing()
    {
        Uri url = _server.Put("/page.gguf", "<html>not found</html>");
        Func<Task> add = () => AddAsync(new(url.AbsoluteUri));
        await add.Should().ThrowAsync<GgufException>();
        Directory.GetFiles(Models, "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public async Task Add_Unfinished_CanBeRemoved()
    {
        Directory.CreateDirectory(Path.Combine(Models, "x"));
        File.WriteAllText(Path.Combine(Models, "x", "x.gguf.part"), "12345");
        (await _store.RemoveAsync("x", Cancel)).Should().Be(5);
    }

    [Fact]
    public async Task Add_HubModel_IsPinnedAndStaysWhatItWas()
    {
        PutRepository("c1", s_model);
        ModelRecord record = await AddAsync(new("hf:org/repo:Q4_0") { Name = "mine" });

        record.Source.Should().Be("hf:org/repo@c1:m-Q4_0.gguf");
        record.Request.Should().Be("hf:org/repo:Q4_0");
        PutRepository("c2", Other());
        File.Delete(record.Path);
        (await AddAsync(new("hf:org/repo:Q4_0"))).Source.Should().Be(record.Source);
        File.ReadAllBytes(record.Path).Should().Equal(s_model, "the repository moved on, and the name did not");

        await _store.RemoveAsync("mine", Cancel);
        (await AddAsync(new("hf:org/repo:Q4_0"))).Source.Should().Be("hf:org/repo@c2:m-Q4_0.gguf");
    }

    [Fact]
    [Trait("Attack", "Z7")]
    public async Task Add_HubModelWhoseBytesAreOthers_IsRefused()
    {
        PutRepository("c1", s_model);
        _server.Put("/org/repo/resolve/c1/m-Q4_0.gguf", Other());
        await Fault<DownloadException>(() => AddAsync(new("hf:org/repo")), "is another file");
        (await StoreFaultAsync(new("hf:org/repo") { Sha256 = new string('0', 64) })).Should().Contain("according to its host");
    }

    [Fact]
    public async Task Add_DiskIsFull_LeavesNoRecord()
    {
        using ModelStore full = Open(space: 1000);
        await Fault<DownloadException>(() => full.AddAsync(new(_server.Put("/tiny.gguf", s_model).AbsoluteUri), null, Cancel), "are free");
        (await _store.ListAsync(Cancel)).Should().BeEmpty();
    }

    [Fact]
    [Trait("Attack", "Z7")]
    public async Task Verify_FilesAsRecorded_FindsNothing()
    {
        ModelRecord record = await AddAsync(new(_server.Put("/tiny.gguf", s_model).AbsoluteUri));
        (await ModelStore.VerifyAsync(record, Cancel)).Should().BeEmpty();

        File.WriteAllBytes(record.Path, Other());
        (await ModelStore.VerifyAsync(record, Cancel)).Single().Should().Contain("is recorded");
        File.WriteAllBytes(record.Path, [1]);
        (await ModelStore.VerifyAsync(record, Cancel)).Single().Should().Contain("has 1 bytes");
        File.Delete(record.Path);
        (await ModelStore.VerifyAsync(record, Cancel)).Single().Should().Contain("is gone");
    }

    [Fact]
    public async Task List_DamagedRecord_NamesItAndCanBeRemoved()
    {
        await AddAsync(new(Write("a.gguf")));
        File.WriteAllText(Path.Combine(_folder.Path, "data", "store", "models", "a.json"), "{}");
        await Fault<ModelStoreException>(() => _store.ListAsync(Cancel), "The record of the model 'a'");
        await _store.RemoveAsync("a", Cancel);
        (await _store.ListAsync(Cancel)).Should().BeEmpty();
    }

    [Fact]
    public async Task Add_TwoAtOnce_OneNameIsTakenOnce()
    {
        string[] paths = [.. Enumerable.Range(0, 4).Select(i => _folder.Write($"{i}/same.gguf", ""))];
        foreach (string path in paths)
        {
            File.WriteAllBytes(path, s_model);
        }

        Exception?[] faults = await Task.WhenAll(paths.Select(path => Task.Run(async () => await Record.ExceptionAsync(() => AddAsync(new(path))))));

        faults.Count(fault => fault is null).Should().Be(1);
        faults.Where(fault => fault is not null).Should().AllBeOfType<ModelStoreException>();
        (await _store.ListAsync(Cancel)).Should().ContainSingle();
    }

    private void PutRepository(string commit, byte[] model)
    {
        _server.Put("/api/models/org/repo", $$"""
            {"sha": "{{commit}}", "siblings": [{"rfilename": "m-Q4_0.gguf", "lfs": {"sha256": "{{HashOf(model)}}", "size": {{model.Length}} } } ] }
            """);
        _server.Put($"/org/repo/resolve/{commit}/m-Q4_0.gguf", model);
    }

    private static byte[] Other()
    {
        byte[] other = (byte[])s_model.Clone();
        other[^1] ^= 1;
        return other;
    }

    private async Task<ModelRecord> AddAsync(ModelAddition addition) => (await _store.AddAsync(addition, null, Cancel)).Models.Single();

    private async Task<string> StoreFaultAsync(ModelAddition addition)
    {
        Func<Task> add = () => _store.AddAsync(addition, null, Cancel);
        return (await add.Should().ThrowAsync<ModelStoreException>()).Which.Message;
    }

    private static async Task Fault<T>(Func<Task> act, string expected)
        where T : Exception => (await act.Should().ThrowAsync<T>()).Which.Message.Should().Contain(expected);

    private ModelStore Open(long space = long.MaxValue / 2) => new(
        DataFolder.Open(Path.Combine(_folder.Path, "data")),
        new ModelStoreOptions { Hub = _server.Root.AbsoluteUri },
        TimeProvider.System,
        _ => space);

    private string Write(string name)
    {
        File.WriteAllBytes(PathOf(name), s_model);
        return PathOf(name);
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
