using System.Text.Json.Nodes;
using Bridge.Calling;
using Bridge.Http.Tests.Fixtures;
using Bridge.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Http.Tests.Endpoints;

public sealed class ModelEndpointTests
{
    private readonly FakeModelControl _models = new("llama/tiny", "llama/models/a b.gguf");

    [Fact]
    public async Task List_ModelsOfThisProcess_StandBehindTheOthersWithTheirFacts()
    {
        await using TestHost server = await StartAsync();

        (_, JsonNode body) = await server.GetAsync("/v1/models");

        body["data"]!.AsArray().Select(model => model!["id"]!.GetValue<string>()).Should().Equal("bridge", "template", "llama/tiny", "llama/models/a b.gguf");
        body["data"]![0]!.AsObject().ContainsKey("state").Should().BeFalse();
        body["data"]![2]!["state"]!.GetValue<string>().Should().Be("unloaded");
    }

    [Theory]
    [InlineData("/v1/models/llama/tiny")]
    [InlineData("/v1/models/llama%2Ftiny")]
    [InlineData("/v1/models/llama%2ftiny")]
    public async Task Describe_Model_IsInOpenAisFormWithFacts(string path)
    {
        await using TestHost server = await StartAsync();

        (int status, JsonNode body) = await server.GetAsync(path);

        status.Should().Be(200);
        body["created"]!.GetValue<long>().Should().BePositive();
        body.AsObject().Remove("created");
        body.ToJsonString().Should().Be("""
            {"id":"llama/tiny","owned_by":"llama","object":"model","state":"unloaded","architecture":"llama","size":"647K","quantisation":"Q4_0","context_length":8192,"bytes":500000}
            """.Trim());
    }

    [Theory]
    [InlineData("bridge")]
    [InlineData("template")]
    [InlineData("fake/a")]
    public async Task Describe_ModelOfOthers_HasNoState(string id)
    {
        await using TestHost server = await StartAsync();

        (int status, JsonNode body) = await server.GetAsync($"/v1/models/{id}");

        status.Should().Be(id == "fake/a" ? 404 : 200);
        (body["id"]?.GetValue<string>() ?? "fake/a").Should().Be(id);
        body.AsObject().ContainsKey("state").Should().BeFalse();
    }

    [Theory]
    [InlineData("llama/tiny")]
    [InlineData("llama%2Ftiny")]
    [InlineData("llama%2Fmodels%2Fa%20b.gguf")]
    public async Task LoadAndUnload_Model_AnswerItsState(string id)
    {
        await using TestHost server = await StartAsync();

        (int status, JsonNode body) = await server.PostAsync($"/v1/models/{id}/load", "{}");
        (status, body["state"]!.GetValue<string>()).Should().Be((200, "loaded"));
        (await server.GetAsync($"/v1/models/{id}")).Body["state"]!.GetValue<string>().Should().Be("loaded");

        (status, body) = await server.PostAsync($"/v1/models/{id}/unload", "");
        (status, body["state"]!.GetValue<string>()).Should().Be((200, "unloaded"));
        (await server.GetAsync($"/v1/models/{id}")).Body["state"]!.GetValue<string>().Should().Be("unloaded");
    }

    [Theory]
    [InlineData("GET", "/v1/models/llama/nobody", 404, "model_not_found", "There is no model 'llama/nobody'; there are: bridge, template, llama/tiny, llama/models/a b.gguf.")]
    [InlineData("GET", "/v1/models/llama/../tiny", 404, "model_not_found", "There is no model 'tiny'")]
    [InlineData("POST", "/v1/models/llama/nobody/load", 404, "model_not_found", "there are: bridge, template, llama/tiny")]
    [InlineData("POST", "/v1/models/llama/nobody/unload", 404, "model_not_found", "there are: bridge, template, llama/tiny")]
    [InlineData("POST", "/v1/models/template/load", 409, "model_not_loadable", "'template' is not a model that Bridge loads itself; those are: llama/tiny")]
    [InlineData("POST", "/v1/models/llama/tiny/start", 404, "not_found", "'/v1/models/ID/load'")]
    [InlineData("POST", "/v1/models", 404, "not_found", "'/v1/models/ID/load'")]
    [InlineData("POST", "/v1/models/load", 404, "not_found", "'/v1/models/ID/load'")]
    public async Task Ask_WhatIsNot_SaysWhatThereIs(string method, string path, int expected, string code, string message)
    {
        await using TestHost server = await StartAsync();

        (int status, JsonNode body) = method == "GET" ? await server.GetAsync(path) : await server.PostAsync(path, "{}");

        status.Should().Be(expected);
        body["error"]!["code"]!.GetValue<string>().Should().Be(code);
        body["error"]!["message"]!.GetValue<string>().Should().Contain(message);
    }

    [Theory]
    [InlineData(false, 409, "model_not_loadable", "invalid_request_error")]
    [InlineData(true, 507, "out_of_memory", "server_error")]
    public async Task Load_CannotBe_SaysWhy(bool lacksMemory, int expected, string code, string type)
    {
        await using TestHost server = await StartAsync();
        _models.Fault = new ModelLoadException("It is too large, and a shorter context fits.") { LacksMemory = lacksMemory };

        (int status, JsonNode body) = await server.PostAsync("/v1/models/llama/tiny/load", "{}");

        status.Should().Be(expected);
        body["error"]!["code"]!.GetValue<string>().Should().Be(code);
        body["error"]!["type"]!.GetValue<string>().Should().Be(type);
        body["error"]!["message"]!.GetValue<string>().Should().Be("It is too large, and a shorter context fits.");
    }

    [Theory]
    [InlineData("""{"keep_alive": 5}""", "'keep_alive' is not known here; no member is allowed.")]
    [InlineData("[]", "must be a JSON object")]
    public async Task Load_BodyThatWishesSomething_IsRefused(string body, string expected)
    {
        await using TestHost server = await StartAsync();

        (int status, JsonNode answer) = await server.PostAsync("/v1/models/llama/tiny/load", body);

        status.Should().Be(400);
        answer["error"]!["message"]!.GetValue<string>().Should().Contain(expected);
    }

    [Fact]
    public async Task LoadAndUnload_KeyThatMayReadOnly_IsRefused()
    {
        await using TestHost server = await StartAsync();
        CreatedKey key = await server.Keys.CreateAsync("reader", KeyScopes.Default, null, TestContext.Current.CancellationToken);

        (await server.GetAsync("/v1/models/llama/tiny", key.Text)).Status.Should().Be(200);
        foreach (string action in new[] { "load", "unload" })
        {
            using HttpResponseMessage response = await server.SendAsync(
                HttpMethod.Post, $"/v1/models/llama/tiny/{action}", ("Authorization", $"Bearer {key.Text}"));
            ((int)response.StatusCode).Should().Be(403);
            (await response.Content.ReadAsStringAsync()).Should().Contain("scope_missing").And.Contain("admin");
        }

        (await server.GetAsync("/v1/models/llama/tiny")).Body["state"]!.GetValue<string>().Should().Be("unloaded");
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(services: services => services.AddSingleton<IModelControl>(_models));
}
