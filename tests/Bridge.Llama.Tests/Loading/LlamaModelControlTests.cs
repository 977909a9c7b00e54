using System.Buffers.Binary;
using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Hosting;
using Bridge.Llama.Hosting;
using Bridge.Llama.Store;
using Bridge.Storage;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Llama.Tests.Loading;

public sealed class LlamaModelControlTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly List<string> _callers = [];
    private int _contextTokens = 1024;

    public LlamaModelControlTests()
    {
        var services = new ServiceCollection();
        services.AddSingleton(DataFolder.Open(Path.Combine(_folder.Path, "data")));
        services.AddBridge().WithLlama();
        services.PostConfigure<BridgeOptions>(options =>
        {
            _callers.ForEach(options.Callers.Add);
            options.Llama.ContextTokens = _contextTokens;
            options.Llama.Threads = 1;
        });
        _services = services.BuildServiceProvider();
    }

    private IModelControl Control => _services.GetServices<IModelControl>().Single();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task List_StoreAndConfiguration_NamesBothWithFacts()
    {
        await AddAsync("tiny");
        _callers.AddRange(["embedded", $"llama/{TinyModels.File}", "llama/gone.gguf", "llama/tiny"]);

        IReadOnlyList<LoadableModel> models = await Control.ListAsync(TestContext.Current.CancellationToken);

        models.Select(model => model.Id).Should().BeEquivalentTo($"llama/{TinyModels.File}", "llama/gone.gguf", "llama/tiny");
        models.Should().OnlyContain(model => model.State == LoadState.Unloaded);
        models.Single(model => model.Id == "llama/gone.gguf").Architecture.Should().BeNull();
        models.Where(model => model.Id != "llama/gone.gguf").Should().OnlyContain(model => model.Architecture == "llama" && model.ContextTokens == 8192 && model.Bytes > 0);
    }

    [Fact]
    public async Task LoadAndUnload_ModelOfTheStore_ChangesItsState()
    {
        InstalledRuntime.Require();
        await AddAsync("tiny");

        (await Control.LoadAsync("llama/tiny", TestContext.Current.CancellationToken))!.State.Should().Be(LoadState.Loaded);
        (await StateAsync()).Should().Be(LoadState.Loaded);
        (await Control.LoadAsync("llama/tiny", TestContext.Current.CancellationToken))!.State.Should().Be(LoadState.Loaded);

        (await Control.UnloadAsync("llama/tiny", TestContext.Current.CancellationToken))!.State.Should().Be(LoadState.Unloaded);
        (await StateAsync()).Should().Be(LoadState.Unloaded);
        (await Control.UnloadAsync("llama/tiny", TestContext.Current.CancellationToken))!.State.Should().Be(LoadState.Unloaded);
    }

    [Fact]
    public async Task LoadAndUnload_NameInCapitals_IsTheSameModel()
    {
        InstalledRuntime.Require();
        await AddAsync("tiny");
        _callers.Add("llama/Tiny");

        LoadableModel loaded = (await Control.LoadAsync("llama/TINY", TestContext.Current.CancellationToken))!;
        (loaded.Id, loaded.State).Should().Be(("llama/tiny", LoadState.Loaded));
        LoadableModel listed = (await Control.ListAsync(TestContext.Current.CancellationToken)).Should().ContainSingle().Which;
        (listed.Id, listed.State).Should().Be(("llama/tiny", LoadState.Loaded));

        (await Control.UnloadAsync("llama/tinY", TestContext.Current.CancellationToken))!.State.Should().Be(LoadState.Unloaded);
        (await StateAsync()).Should().Be(LoadState.Unloaded);
    }

    [Theory]
    [InlineData("qwen", "QWEN", true)]
    [InlineData("qwen", "qwen2", false)]
    [InlineData("a/Model.gguf", "a/Model.gguf", true)]
    [InlineData("a/Model.gguf", "a/model.gguf", false)]
    public void ModelNameComparer_NamesAndPaths_KeepsCapitalsInPathsAlone(string one, string other, bool same)
    {
        ModelNameComparer names = ModelNameComparer.Instance;
        names.Equals(one, other).Should().Be(same);
        names.Equals(other, one).Should().Be(same);
        (!same || names.GetHashCode(one) == names.GetHashCode(other)).Should().BeTrue();
    }

    [Theory]
    [InlineData("llama/nobody")]
    [InlineData("tiny")]
    [InlineData("llama/")]
    [InlineData("ollama/tiny")]
    public async Task LoadAndUnload_NotListed_AreNotTried(string id)
    {
        await AddAsync("tiny");

        (await Control.LoadAsync(id, TestContext.Current.CancellationToken)).Should().BeNull();
        (await Control.UnloadAsync(id, TestContext.Current.CancellationToken)).Should().BeNull();
    }

    [Fact]
    public async Task Load_FileThatNobodyNamed_IsNotFoundByTrying() =>
        (await Control.LoadAsync($"llama/{TinyModels.File}", TestContext.Current.CancellationToken)).Should().BeNull();

    [Fact]
    public async Task Load_FileIsGone_SaysSo()
    {
        string path = await AddAsync("tiny");
        File.Delete(path);

        ModelLoadException error = (await FluentActions.Awaiting(() => Control.LoadAsync("llama/tiny", TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ModelLoadException>()).Which;

        error.Message.Should().Contain(path);
        error.LacksMemory.Should().BeFalse();
        (await StateAsync()).Should().Be(LoadState.Unloaded);
    }

    [Fact]
    public async Task Load_MoreThanThereIsMemoryFor_SaysWhatWouldFit()
    {
        InstalledRuntime.Require();
        string path = await AddAsync("tiny");
        byte[] model = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        ReadOnlySpan<byte> key = "llama.context_length"u8;
        BinaryPrimitives.WriteInt32LittleEndian(model.AsSpan(model.AsSpan().IndexOf(key) + key.Length + sizeof(uint)), int.MaxValue);
        await File.WriteAllBytesAsync(path, model, TestContext.Current.CancellationToken);
        _contextTokens = int.MaxValue;

        ModelLoadException error = (await FluentActions.Awaiting(() => Control.LoadAsync("llama/tiny", TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ModelLoadException>()).Which;

        error.LacksMemory.Should().BeTrue();
        error.Message.Should().Contain("2,147,483,647 tokens").And.MatchRegex("a context of [0-9,]+ tokens fits");
        (await StateAsync()).Should().Be(LoadState.Unloaded);
    }

    [Fact]
    public async Task List_DamagedRecord_NamesIt()
    {
        await AddAsync("tiny");
        string record = Directory.GetFiles(Path.Combine(_folder.Path, "data"), "tiny*", SearchOption.AllDirectories).First(file => !file.EndsWith(".gguf", StringComparison.Ordinal));
        await File.WriteAllTextAsync(record, "{}", TestContext.Current.CancellationToken);

        await FluentActions.Awaiting(() => Control.ListAsync(TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ModelLoadException>().WithMessage("*'bridge models remove tiny'*");
    }

    private async Task<LoadState> StateAsync() =>
        (await Control.ListAsync(TestContext.Current.CancellationToken)).Single(model => model.Id == "llama/tiny").State;

    private async Task<string> AddAsync(string name)
    {
        string path = Path.Combine(_folder.Path, $"{name}.gguf");
        File.Copy(TinyModels.File, path, overwrite: true);
        using var store = new ModelStore(_services.GetRequiredService<DataFolder>(), new ModelStoreOptions(), TimeProvider.System);
        await store.AddAsync(new ModelAddition(path) { Name = name }, null, TestContext.Current.CancellationToken);
        return path;
    }
}
