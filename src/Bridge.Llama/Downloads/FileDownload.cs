using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Bridge.Llama.Gguf;
using Polly;
using Polly.Retry;

namespace Bridge.Llama.Downloads;

/// <summary>Fetches a file: in parts where connections break, into a <c>.part</c> file until it is whole and its hash is right.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="token">The bearer token for an address.</param>
/// <param name="space">How many bytes may still be written to a folder.</param>
/// <param name="clock">Measures waits.</param>
internal sealed class FileDownload(ModelHttp http, Func<Uri, string?> token, Func<string, long> space, TimeProvider clock)
{
    private const int Retries = 6;
    private const int BufferLength = 1 << 20;

    // What a disk keeps free of downloads, and how often a download of unknown length looks.
    private const long Reserve = 64 << 20;

    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may bring nothing.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait before the first retry; each further wait is twice as long.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest file that is taken.</summary>
    public long Longest { get; init; } = long.MaxValue;

    /// <summary>What to do about a file that is not open to everyone.</summary>
    public string Access { get; init; } = "accept its terms on its page, and set 'HF_TOKEN' to a token that may read it";

    /// <summary>Fetches a file, or the rest of it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Where it belongs; its folder exists.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it; what is there stays for the next time.</param>
    /// <returns>The file's hash, in lower-case hex.</returns>
    /// <exception cref="DownloadException">It cannot be fetched, or is not what was expected.</exception>
    public async Task<string> RunAsync(RemoteFile file, string path, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        string partPath = $"{path}.part";
        string statePath = $"{partPath}.json";
        string hash;
        using (FileStream part = Open(partPath))
        {
            DownloadState? state = DownloadState.Read(statePath);
            Transfer transfer = new(file, part, statePath, state?.Url == WebAddress.Text(file.Url) ? state.ETag : null, progress);
            if (state?.Url != WebAddress.Text(file.Url))
            {
                part.SetLength(0);
            }

            await FetchAsync(transfer, cancellationToken).ConfigureAwait(false);
            part.Position = 0;
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(part, cancellationToken).ConfigureAwait(false));
        }

        File.Delete(statePath);
        if (file.Sha256 is { } expected && !expected.Equals(hash, StringComparison.OrdinalIgnoreCase))
        {
            File.Delete(partPath);
            throw new DownloadException($"'{WebAddress.Text(file.Url)}' has the SHA-256 {hash}, and {expected} is expected: it is another file, and was deleted.");
        }

        File.Move(partPath, path, overwrite: true);
        return hash;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, useAsync: true);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new DownloadException($"'{path}' is in use: another process fetches this file. Wait for it, or end it.", error);
        }
    }

    private async Task FetchAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<InterruptedException>(error => transfer.HasBegun || !error.IsUnreachable),
                MaxRetryAttempts = Retries,
                Delay = Pause,
                MaxDelay = s_longestPause,
                BackoffType = DelayBackoffType.Exponential,
                DelayGenerator = outcome => new((outcome.Outcome.Exception as InterruptedException)?.RetryAfter),
            })
            .Build();
        try
        {
            await pipeline.ExecuteAsync(async token => await AttemptAsync(transfer, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (InterruptedException error)
        {
            string resumes = transfer.CanResume ? $" {ByteSize.Text(transfer.Part.Length)} are kept: run the same command again to go on." : "";
            throw new DownloadException($"'{WebAddress.Text(transfer.File.Url)}' could not be fetched: {error.Message}{resumes}", error);
        }
    }

    private async Task AttemptAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        if (!transfer.CanResume)
        {
            transfer.Part.SetLength(0);
        }

        long have = transfer.Part.Length;
        using HttpResponseMessage response = await http
            .GetAsync(transfer.File.Url, headers => AskForRest(headers, transfer, have), token(transfer.File.Url), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
        {
            if (have == (response.Content.Headers.ContentRange?.Length ?? transfer.File.Bytes))
            {
                return; // it was whole already
            }

            throw Changed(transfer);
        }

        long? total = Begin(transfer, response, have);
        CheckSpace(transfer, total);
        await CopyAsync(transfer, response, total, cancellationToken).ConfigureAwait(false);
        if (total is { } length && transfer.Part.Length != length)
        {
            throw new InterruptedException($"{transfer.Part.Length} of {length} bytes arrived.");
        }
    }

    private static void AskForRest(HttpRequestHeaders headers, Transfer transfer, long have)
    {
        if (have == 0)
        {
            return;
        }

        headers.Range = new RangeHeaderValue(have, null);
        if (transfer.ETag is { } etag && !etag.StartsWith("W/", StringComparison.Ordinal) && EntityTagHeaderValue.TryParse(etag, out EntityTagHeaderValue? tag))
        {
            headers.IfRange = new RangeConditionHeaderValue(tag);
        }
    }

    // Makes the part fit the answer: the rest of it, or all of it anew.
    private long? Begin(Transfer transfer, HttpResponseMessage response, long have)
    {
        ThrowUnlessFound(transfer.File, response);
        string? etag = response.Headers.ETag?.ToString();
        long? total = response.Content.Headers.ContentLength;
        if (response.StatusCode == HttpStatusCode.PartialContent)
        {
            ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
            if (range?.From != have || (transfer.ETag is not null && etag is not null && etag != transfer.ETag))
            {
                throw Changed(transfer);
            }

            total = range.Length;
        }
        else
        {
            transfer.Restart();
        }

        transfer.Remember(etag ?? transfer.ETag);
        return total is null || transfer.File.Bytes is not { } expected || total == expected
            ? total ?? transfer.File.Bytes
            : throw new DownloadException($"'{WebAddress.Text(transfer.File.Url)}' has {total} bytes, and {expected} are expected: it is another file.");
    }

    private static InterruptedException Changed(Transfer transfer)
    {
        transfer.Restart();
        return new InterruptedException("The file changed on the server; it is fetched anew.") { RetryAfter = TimeSpan.Zero };
    }

    private void ThrowUnlessFound(RemoteFile file, HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK or HttpStatusCode.PartialContent:
                return;
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new InterruptedException($"The server answers {status}.") { RetryAfter = RetryAfter(response) };
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new DownloadException(
                    $"'{WebAddress.Text(file.Url)}' is not open to everyone (the server answers {status}): {Access}.");
            default:
                throw new DownloadException($"'{WebAddress.Text(file.Url)}' cannot be fetched: the server answers {status}.");
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        TimeSpan? wait = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - clock.GetUtcNow());
        return wait is { } asked && asked > TimeSpan.Zero ? TimeSpan.FromTicks(Math.Min(asked.Ticks, s_longestPause.Ticks)) : null;
    }

    private async Task CopyAsync(Transfer transfer, HttpResponseMessage response, long? total, CancellationToken cancellationToken)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[BufferLength];
        FileStream part = transfer.Part;
        part.Position = part.Length;
        long checkedAt = part.Length;
        int read;
        while ((read = await ReadAsync(body, buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            await part.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            transfer.Report(part.Position, total);
            if (part.Position > (total ?? long.MaxValue))
            {
                throw new DownloadException($"'{WebAddress.Text(transfer.File.Url)}' sends more than the {total} bytes it has.");
            }

            if (part.Position > Longest)
            {
                throw new DownloadException($"'{WebAddress.Text(transfer.File.Url)}' has more than {ByteSize.Text(Longest)}: it is another file.");
            }

            if (total is null && part.Position - checkedAt >= Reserve)
            {
                CheckSpace(transfer, null);
                checkedAt = part.Position;
            }
        }
    }

    private async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stalled = new(Stall, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancellationToken);
        try
        {
            return await body.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (stalled.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new InterruptedException(string.Create(CultureInfo.InvariantCulture, $"Nothing arrived for {Stall.TotalSeconds:0} s."), error);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new InterruptedException("The connection broke off.", error);
        }
    }

    private void CheckSpace(Transfer transfer, long? total)
    {
        long needed = Math.Max(0, (total ?? 0) - transfer.Part.Length);
        long free = space(Path.GetDirectoryName(transfer.Part.Name)!);
        if (free < needed + Reserve)
        {
            throw new DownloadException(
                $"'{transfer.File.Name}' needs {ByteSize.Text(needed)} more, and {ByteSize.Text(free)} are free in '{Path.GetDirectoryName(transfer.Part.Name)}' ({ByteSize.Text(Reserve)} stay free): make room, or name another data folder by '--data'.");
        }
    }
}
