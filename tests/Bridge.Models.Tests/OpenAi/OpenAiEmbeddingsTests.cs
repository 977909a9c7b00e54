using System.Text.Json;
using Bridge.Calling;
using Bridge.Models.OpenAi;
using Bridge.Profiles;
using Bridge.TestKit;
using Microsoft.Extensions.AI;

namespace Bridge.Models.Tests.OpenAi;

public sealed class OpenAiEmbeddingsTests : IAsyncDisposable
{
    private readonly FakeOpenAi _server = new();
    private readonly ModelsState _models = new();
    private readonly OpenAiProvider _provider;
    private readonly IEmbeddingGenerator<string, Embedding<float>> _embeddings;

    public OpenAiEmbeddingsTests()
    {
        _models.Replace(ModelsFile.Parse("m.json", """{"providers":{"local":{"url":"URL","apiKey":"secret","headers":{"X-Team":"blue"}}}}""".Replace("URL", _server.Url.ToString(), StringComparison.Ordinal)).Config!);
        _provider = new OpenAiProvider(_models, TimeProvider.System, _ => null);
        _embeddings = ((IModelProvider)_provider).CreateEmbeddings(ModelName.Parse("local/bge-small"))!;
    }

    public async ValueTask DisposeAsync()
    {
        _provider.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Generate_Texts_AreVectorsInTheirOrder()
    {
        JsonElement asked = default;
        _server.Embeddings = request =>
        {
            asked = request.Clone();
            return new FakeAnswer { Body = """{"object":"list","data":[{"index":1,"embedding":[0,0.5]},{"index":0,"embedding":[1,2e-1]}],"model":"bge-small"}""" };
        };

        GeneratedEmbeddings<Embedding<float>> made = await _embeddings.GenerateAsync(["one", "two"]);

        made.Select(embedding => embedding.Vector.ToArray()).Should().BeEquivalentTo((float[][])[[1, 0.2f], [0, 0.5f]], options => options.WithStrictOrdering());
        asked.GetRawText().Should().Be("""{"model":"bge-small","input":["one","two"],"encoding_format":"float"}""");
        _embeddings.GetService(typeof(EmbeddingGeneratorMetadata)).Should().BeOfType<EmbeddingGeneratorMetadata>().Which.DefaultModelId.Should().Be("bge-small");
    }

    [Theory]
    [InlineData(200, """{"data":[]}""", "fewer vectors than the 1")]
    [InlineData(200, """{"data":[{"index":7,"embedding":[1]}]}""", "no list of embeddings")]
    [InlineData(200, """{"data":[{"index":0,"embedding":"AACA"}]}""", "no list of embeddings")]
    [InlineData(200, "hello", "no list of embeddings")]
    [InlineData(401, """{"error":{"message":"bad key secret"}}""", "refused the key")]
    [InlineData(500, """{"error":{"message":"secret out"}}""", "failed (HTTP 500): '*** out'")]
    public async Task Generate_BadAnswer_IsAnErrorThatSaysWhat(int status, string body, string said)
    {
        _server.Embeddings = _ => new FakeAnswer { Status = status, Body = body };

        Func<Task> act = () => _embeddings.GenerateAsync(["one"]);

        (await act.Should().ThrowAsync<ToolCallerException>()).Which.Message.Should().Contain(said).And.NotContain("secret");
    }
}
