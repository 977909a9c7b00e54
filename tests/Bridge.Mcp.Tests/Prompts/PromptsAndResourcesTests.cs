using Bridge.TestKit;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Prompts;
using Bridge.Mcp.Resources;
using Bridge.Mcp.Sources;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.Prompts;
using Microsoft.Extensions.AI;

namespace Bridge.Mcp.Tests.Prompts;

public sealed class PromptsAndResourcesTests
{
    [Fact]
    public async Task Prompts_OfAServer_AreListedAndFilledIn()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(McpServerConfig.Http("weather", new Uri(weather.Url)));
        var prompts = new McpPrompts(servers);

        McpPrompt listed = (await prompts.ListAsync("weather")).Should().ContainSingle().Subject;
        Prompt prompt = await prompts.GetAsync("weather", "weather_report", new Dictionary<string, string> { ["city"] = "Oslo", ["style"] = "short" });

        listed.Name.Should().Be("weather_report");
        listed.Arguments.Should().Equal(new McpPromptArgument("city", "The city.", true), new McpPromptArgument("style", "The style.", false));
        prompt.Messages.Select(message => (message.Role, message.Text))
            .Should().Equal((ChatRole.User, "Write a short weather report of Oslo."), (ChatRole.Assistant, "With pleasure."));
    }

    [Fact]
    public async Task Resources_OfAServer_AreListedReadAndAppended()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(McpServerConfig.Http("weather", new Uri(weather.Url)));
        var resources = new McpResources(servers);

        (await resources.ListAsync("weather")).Select(resource => (resource.Uri, resource.IsTemplate)).Should().BeEquivalentTo(
            new[] { ("weather://cities", false), ("weather://icon", false), ("weather://city/{name}", true) });
        Prompt prompt = await resources.AppendAsync("Which city?", "weather", "weather://cities");
        ChatMessage icon = await resources.ReadAsync("weather", "weather://icon");
        ChatMessage city = await resources.ReadAsync("weather", "weather://city/Oslo");

        prompt.Messages.Should().HaveCount(2);
        prompt.Messages[1].Text.Should().Contain("Lisbon");
        icon.Contents.Should().ContainSingle().Which.Should().BeOfType<DataContent>().Which.MediaType.Should().Be("image/png");
        city.Text.Should().Be("Oslo is a city.");
    }

    [Fact]
    public async Task Ask_WhatIsNotThere_SaysSo()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(
            McpServerConfig.Http("weather", new Uri(weather.Url)), TestServers.Calculator(), McpServerConfig.Stdio("gone", "no-such-command"));
        var prompts = new McpPrompts(servers);
        var resources = new McpResources(servers);

        (await prompts.ListAsync("calculator")).Should().BeEmpty();
        (await resources.ListAsync("calculator")).Should().BeEmpty();
        await Refused(() => prompts.ListAsync("nobody"), "*no server 'nobody'*'weather', 'calculator', 'gone'*");
        await Refused(() => prompts.ListAsync("gone"), "*no-such-command*");
        await Refused(() => prompts.GetAsync("weather", "nothing"), "*'weather' refused the prompt 'nothing'*");
        await Refused(() => resources.ReadAsync("weather", "weather://nothing/at/all"), "*'weather' refused the resource*");
    }

    private static async Task Refused(Func<Task> ask, string message) =>
        await ask.Should().ThrowAsync<McpRequestException>().WithMessage(message);
}
