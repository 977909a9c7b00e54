using System.Net;
using System.Text;
using Bridge.Http.Guards;
using Bridge.Http.Tests.Fixtures;
using Bridge.Outcomes;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Http.Tests.Guards;

public sealed class PromptGuardTests
{
    private static readonly ToolCalling s_noCall = new(PromptOutcome.NoCall, new Reason(ReasonKind.NothingProposed, "Nothing fits."));

    private static Task<HttpResponseMessage> PostAsync(TestHost server) => server.Client.PostAsync(
        new Uri("/v1/prompts/tool-call", UriKind.Relative),
        new StringContent("""{"messages": [{"role": "user", "content": "a"}]}""", Encoding.UTF8, "application/json"));

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Invoke_MorePromptsThanAllowed_WaitThenAreTurnedAway()
    {
        var running = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using TestHost server = await TestHost.StartAsync(options => options.Http.ConcurrentPrompts = 1);
        server.Pipeline.Handler = async (prompt, _) =>
        {
            running.TrySetResult();
            await release.Task;
            return prompt.With(s_noCall);
        };
        PromptGate gate = server.App.Services.GetRequiredService<PromptGate>();

        Task<HttpResponseMessage> first = PostAsync(server);
        await running.Task;
        Task<HttpResponseMessage> second = PostAsync(server);
        await WaitUntilAsync(() => gate.Waiting == 1);
        using HttpResponseMessage third = await PostAsync(server);
        (int tools, _) = await server.GetAsync("/v1/tools");
        release.SetResult();

        third.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        third.Headers.RetryAfter!.Delta.Should().BePositive();
        tools.Should().Be(200, "only prompts stand in line");
        (await first).StatusCode.Should().Be(HttpStatusCode.OK);
        (await second).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Invoke_LineThatDoesNotMove_IsLeftAfterAWhile()
    {
        var time = new ManualTimeProvider();
        var running = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using TestHost server = await TestHost.StartAsync(
            options => options.Http.ConcurrentPrompts = 1, services: services => services.AddSingleton<TimeProvider>(time));
        server.Pipeline.Handler = async (prompt, _) =>
        {
            running.TrySetResult();
            await release.Task;
            return prompt.With(s_noCall);
        };
        PromptGate gate = server.App.Services.GetRequiredService<PromptGate>();
        Task<HttpResponseMessage> first = PostAsync(server);
        await running.Task;
        Task<HttpResponseMessage> second = PostAsync(server);
        await WaitUntilAsync(() => gate.Waiting == 1);

        time.Advance(PromptGuard.MaxWait);

        (await second).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        release.SetResult();
        (await first).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Invoke_ClientGoesAway_CancelsTheWorkAndFreesThePlace()
    {
        var running = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using TestHost server = await TestHost.StartAsync(options => options.Http.ConcurrentPrompts = 1);
        server.Pipeline.Handler = async (prompt, cancellationToken) =>
        {
            if (server.Pipeline.Requests.Count > 1)
            {
                return prompt.With(s_noCall);
            }

            await using CancellationTokenRegistration registration = cancellationToken.Register(cancelled.SetResult);
            running.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return prompt;
        };

        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("x-api-key", server.Key);
        using var leaving = new CancellationTokenSource();
        Task<HttpResponseMessage> request = client.PostAsync(
            new Uri("/v1/prompts/tool-call", UriKind.Relative),
            new StringContent("""{"messages": [{"role": "user", "content": "a"}]}""", Encoding.UTF8, "application/json"),
            leaving.Token);
        await running.Task;
        await leaving.CancelAsync();

        await cancelled.Task;
        Func<Task> waiting = () => request;
        await waiting.Should().ThrowAsync<OperationCanceledException>();
        (await PostAsync(server)).StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
