using System.Text;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Tests.Responding;

public class LlamaChatClientTests
{
    [Fact]
    public async Task GetStreamingResponseAsync_ASeed_StreamsTheSameTextAgain()
    {
        await using var bridge = new LlamaBridge();
        IChatClient client = bridge.Responder();
        var options = new ChatOptions { MaxOutputTokens = 40, Temperature = 1, Seed = 7 };

        // How tokens are batched shows in the last digits of what the model says: both answers begin from what was read before.
        await client.GetResponseAsync("Say something.", new ChatOptions { MaxOutputTokens = 1 }, TestContext.Current.CancellationToken);
        var pieces = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Say something.", options, TestContext.Current.CancellationToken))
        {
            pieces.Add(update);
        }

        ChatResponse again = await client.GetResponseAsync("Say something.", options, TestContext.Current.CancellationToken);

        pieces.Count(piece => piece.Text.Length > 0).Should().BeGreaterThan(3, "it streams");
        again.Text.Should().Be(string.Concat(pieces.Select(piece => piece.Text))).And.NotBeEmpty();
        again.Usage!.OutputTokenCount.Should().BeLessThanOrEqualTo(40);
        again.FinishReason.Should().Be(again.Usage.OutputTokenCount == 40 ? ChatFinishReason.Length : ChatFinishReason.Stop);
        again.Usage.CachedInputTokenCount.Should().BeGreaterThan(0, "the prompt was read before");
    }

    [Fact]
    public async Task GetStreamingResponseAsync_AReaderThatGoesAway_StopsTheModel()
    {
        await using var bridge = new LlamaBridge();
        IChatClient client = bridge.Responder();
        var text = new StringBuilder();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Go on.", new ChatOptions { MaxOutputTokens = 4000, Temperature = 1, Seed = 1 }, TestContext.Current.CancellationToken))
        {
            text.Append(update.Text);
            if (text.Length > 5)
            {
                break;
            }
        }

        ChatResponse next = await client.GetResponseAsync("x", new ChatOptions { MaxOutputTokens = 2 }, TestContext.Current.CancellationToken);
        next.Usage!.OutputTokenCount.Should().BeLessThanOrEqualTo(2);
    }
}
