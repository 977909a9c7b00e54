using Bridge.Llama.Downloads;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Downloads;

public sealed class HubTests : IAsyncLifetime
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private static readonly string[] s_usual =
        ["README.md", "m-Q2_K.gguf", "m-Q4_K_M.gguf", "m-Q8_0.gguf", "m-f16-00001-of-00002.gguf", "m-f16-00002-of-00002.gguf", "mmproj-m-f16.gguf"];

    private readonly HttpClient _client = ModelHttp.CreateClient();
    private FileServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FileServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("hf:org/repo", "org/repo", null, null)]
    [InlineData("hf:org/repo-1.5_x:Q4_K_M", "org/repo-1.5_x", null, "Q4_K_M")]
    [InlineData("hf:org/repo@refs/pr/1:dir/m.gguf", "org/repo", "refs/pr/1", "dir/m.gguf")]
    [InlineData("hf:org/repo@v1", "org/repo", "v1", null)]
    public void Parse_Reference_FindsItsParts(string text, string repository, string? revision, string? choice)
    {
        HubReference reference = HubReference.Parse(text);
        reference.Should().Be(new HubReference(repository, revision, choice));
        reference.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("hf:")]
    [InlineData("hf:org")]
    [InlineData("hf:org/repo/more")]
    [InlineData("hf:../api")]
    [InlineData("hf:org/..")]
    [InlineData("hf:org/repo@../../x")]
    [InlineData("hf:org/repo?x=y")]
    [InlineData("hf:org/repo:")]
    public void Parse_OtherText_SaysHowItIsWritten(string text)
    {
        Action parse = () => HubReference.Parse(text);
        parse.Should().Throw<ModelSourceException>().WithMessage("*'hf:ORG/REPO'*");
    }

    [Theory]
    [InlineData("hf:o/r", "m-Q4_K_M.gguf")]
    [InlineData("hf:o/r:q8_0", "m-Q8_0.gguf")]
    [InlineData("hf:o/r:Q2_K", "m-Q2_K.gguf")]
    [InlineData("hf:o/r:m-Q2_K.gguf", "m-Q2_K.gguf")]
    [InlineData("hf:o/r:f16", "m-f16-00001-of-00002.gguf m-f16-00002-of-00002.gguf")]
    [InlineData("hf:o/r:m-f16-00001-of-00002.gguf", "m-f16-00001-of-00002.gguf m-f16-00002-of-00002.gguf")]
    public void Choose_UsualRepository_FindsOneModel(string reference, string expected) =>
        HubChoice.Of(Files(s_usual), HubReference.Parse(reference)).Select(file => file.Path).Should().Equal(expected.Split(' '));

    [Theory]
    [InlineData("only.gguf", "hf:o/r", "only.gguf")]
    [InlineData("UD/m-UD-Q4_K_XL.gguf", "hf:o/r:Q4_K_XL", "UD/m-UD-Q4_K_XL.gguf")]
    [InlineData("a.Q5_K_M.gguf a.Q8_0.gguf", "hf:o/r", "a.Q5_K_M.gguf")]
    public void Choose_OtherNames_AreUnderstood(string files, string reference, string expected) =>
        HubChoice.Of(Files(files.Split(' ')), HubReference.Parse(reference)).Single().Path.Should().Be(expected);

    [Theory]
    [InlineData("README.md model.safetensors", "hf:o/r", "no GGUF model")]
    [InlineData("a-Q8_0.gguf b-Q8_0.gguf", "hf:o/r:Q8_0", "'a-Q8_0.gguf', 'b-Q8_0.gguf': name one")]
    [InlineData("a-IQ1_S.gguf b-IQ1_M.gguf", "hf:o/r", "name one")]
    [InlineData("a-Q8_0.gguf", "hf:o/r:Q4_0", "holds no 'Q4_0'; there are 'a-Q8_0.gguf'")]
    [InlineData("a-Q8_0.gguf", "hf:o/r:Q8", "holds no 'Q8'")]
    [InlineData("a-00001-of-00003.gguf a-00002-of-00003.gguf", "hf:o/r", "2 of the 3 parts")]
    public void Choose_NothingOrTooMuch_SaysWhatThereIs(string files, string reference, string expected)
    {
        Action choose = () => HubChoice.Of(Files(files.Split(' ')), HubReference.Parse(reference));
        choose.Should().Throw<DownloadException>().WithMessage($"*{expected}*");
    }

    [Fact]
    public async Task Resolve_Repository_IsPinnedToCommitAndHashes()
    {
        string hash = new('a', 64);
        _server.Put("/api/models/org/repo", $$"""
            {"id": "org/repo", "sha": "{{Commit}}", "private": false, "gated": false, "siblings": [
              {"rfilename": "README.md", "size": 10, "blobId": "x"},
              {"rfilename": "dir/my model-Q4_0.gguf", "size": 1234, "blobId": "y", "lfs": {"sha256": "{{hash}}", "size": 1234, "pointerSize": 134} } ] }
            """);
        RemoteModel model = await Hub("token").ResolveAsync(HubReference.Parse("hf:org/repo"), TestContext.Current.CancellationToken);

        model.Source.Should().Be($"hf:org/repo@{Commit}:dir/my model-Q4_0.gguf");
        model.Files.Should().Equal(new RemoteFile(new Uri(_server.Root, $"/org/repo/resolve/{Commit}/dir/my%20model-Q4_0.gguf"), "my-model-Q4_0.gguf", 1234, hash));
        _server.Requests.Single().Authorization.Should().Be("Bearer token");
    }

    [Fact]
    public async Task Resolve_Revision_IsAskedFor()
    {
        Func<Task> resolve = () => Hub().ResolveAsync(HubReference.Parse("hf:org/repo@v1.0"), TestContext.Current.CancellationToken);
        await resolve.Should().ThrowAsync<DownloadException>();
        _server.Requests.Single().Path.Should().Be("/api/models/org/repo/revision/v1.0");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"sha": 1, "siblings": []}""")]
    [InlineData("""{"sha": "c", "siblings": {}}""")]
    [InlineData("""{"sha": "c", "siblings": [{"rfilename": "m.gguf", "lfs": {"size": 1.5, "sha256": "x"}}]}""")]
    [InlineData("""{"sha": "c", "siblings": [{"size": 1}]}""")]
    [InlineData("<html>")]
    public async Task Resolve_OtherAnswer_IsAnError(string answer)
    {
        _server.Put("/api/models/org/repo", answer);
        (await FaultAsync()).Should().Match(message => message.Contains("not a hub's description") || message.Contains("could not be asked"));
    }

    [Theory]
    [InlineData(404, "check the name")]
    [InlineData(401, "HF_TOKEN")]
    [InlineData(500, "try again later")]
    public async Task Resolve_Refused_SaysWhatToDo(int status, string expected)
    {
        _server.Refuse(status);
        (await FaultAsync()).Should().Contain(expected);
    }

    [Theory]
    [InlineData("dir/m.gguf", "m.gguf")]
    [InlineData("../../etc/passwd", "passwd.gguf")]
    [InlineData("..", "model.gguf")]
    [InlineData("a\\..\\b.gguf", "a-..-b.gguf")]
    [InlineData(".hidden.gguf", "hidden.gguf")]
    [InlineData("m\u0000\n.GGUF", "m-.gguf")]
    public void FileName_OfAnyPath_IsNoPath(string path, string expected) => FileNames.Of(path).Should().Be(expected);

    [Theory]
    [InlineData("https://example.com/m.gguf", true)]
    [InlineData("http://localhost:1/m.gguf", true)]
    [InlineData("http://[::1]/m.gguf", true)]
    [InlineData("http://example.com/m.gguf", false)]
    [InlineData("ftp://example.com/m.gguf", false)]
    [InlineData("file:///m.gguf", false)]
    [InlineData("https://user:password@example.com/m.gguf", false)]
    [InlineData("https:///", false)]
    public void Address_OnlyEncryptedOrOfThisMachine_IsAllowed(string text, bool allowed)
    {
        Action parse = () => WebAddress.Parse(text);
        if (allowed)
        {
            parse.Should().NotThrow();
        }
        else
        {
            parse.Should().Throw<ModelSourceException>();
        }
    }

    private async Task<string> FaultAsync()
    {
        Func<Task> resolve = () => Hub().ResolveAsync(HubReference.Parse("hf:org/repo"), TestContext.Current.CancellationToken);
        return (await resolve.Should().ThrowAsync<DownloadException>()).Which.Message;
    }

    private ModelHub Hub(string? token = null) => new(new ModelHttp(_client, TimeProvider.System), _server.Root, token);

    private static HubFile[] Files(string[] paths) => [.. paths.Select(path => new HubFile(path, 1, null))];
}
