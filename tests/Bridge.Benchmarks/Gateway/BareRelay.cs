using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bridge.Benchmarks.Gateway;

/// <summary>The least that can stand between HTTP and a stdio server: lines go over with another id and come back. It checks nothing and knows nobody.</summary>
internal static class BareRelay
{
    public static async Task<int> RunAsync(string url, string command, IEnumerable<string> arguments)
    {
        using Process server = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var waiting = new ConcurrentDictionary<long, (TaskCompletionSource<byte[]> Answer, long Id)>();
        var lines = Channel.CreateBounded<byte[]>(1024);
        long last = 0;
        _ = WriteAsync(server, lines.Reader);
        _ = ReadAsync(server, waiting);

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build();
        app.Urls.Add(url);
        app.MapPost("/mcp", async http =>
        {
            using JsonDocument message = await JsonDocument.ParseAsync(http.Request.Body).ConfigureAwait(false);
            if (!message.RootElement.TryGetProperty("id", out JsonElement id))
            {
                await lines.Writer.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(message.RootElement)).ConfigureAwait(false);
                http.Response.StatusCode = StatusCodes.Status202Accepted;
                return;
            }

            long own = Interlocked.Increment(ref last);
            var answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting[own] = (answer, id.GetInt64());
            await lines.Writer.WriteAsync(WithId(message.RootElement, own)).ConfigureAwait(false);
            byte[] body = await answer.Task.ConfigureAwait(false);
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body).ConfigureAwait(false);
        });
        await app.RunAsync().ConfigureAwait(false);
        return 0;
    }

    private static async Task WriteAsync(Process server, ChannelReader<byte[]> lines)
    {
        Stream input = server.StandardInput.BaseStream;
        await foreach (byte[] line in lines.ReadAllAsync().ConfigureAwait(false))
        {
            await input.WriteAsync(line).ConfigureAwait(false);
            await input.WriteAsync("\n"u8.ToArray()).ConfigureAwait(false);
            await input.FlushAsync().ConfigureAwait(false);
        }
    }

    private static async Task ReadAsync(Process server, ConcurrentDictionary<long, (TaskCompletionSource<byte[]> Answer, long Id)> waiting)
    {
        using var reader = new StreamReader(server.StandardOutput.BaseStream, Encoding.UTF8);
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            using JsonDocument message = JsonDocument.Parse(line);
            if (message.RootElement.TryGetProperty("id", out JsonElement id) && id.TryGetInt64(out long number) && waiting.TryRemove(number, out (TaskCompletionSource<byte[]> Answer, long Id) one))
            {
                one.Answer.SetResult(WithId(message.RootElement, one.Id));
            }
        }
    }

    private static byte[] WithId(JsonElement message, long id)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (JsonProperty member in message.EnumerateObject())
            {
                if (member.NameEquals("id"))
                {
                    writer.WriteNumber("id", id);
                }
                else
                {
                    member.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
