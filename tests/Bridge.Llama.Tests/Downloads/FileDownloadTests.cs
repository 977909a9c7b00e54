using System.Security.Cryptography;
using Bridge.Llama.Downloads;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Downloads;

public sealed class FileDownloadTests : IAsyncLifetime
{
    private static readonly byte[] s_content = Bytes(1, 300_000);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = ModelHttp.CreateClient();
    private readonly Told _progress = new();
    private FileServer _server = null!;
    private long _space = long.MaxValue / 2;
    private TimeSpan _stall = TimeSpan.FromSeconds(60);

    private string Target => Path.Combine(_folder.Path, "m.gguf");

    private string Part => Target + ".part";

    public async ValueTask InitializeAsync()
    {
        _server = await FileServer.StartAsync();
        _server.Arrived = () => _progress.Last?.Done ?? 0;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_WholeFile_IsWrittenWithItsHash()
    {
        string hash = await RunAsync(_server.Put("/m", s_content));

        hash.Should().Be(HashOf(s_content));
        File.ReadAllBytes(Target).Should().Equal(s_content);
        Directory.GetFiles(_folder.Path).Should().Equal(Target);
        _progress.Last.Should().Be(new DownloadProgress("m.gguf", s_content.Length, s_content.Length));
    }

    [Fact]
    public async Task Run_ConnectionBreaksTwice_GoesOnWhereItStopped()
    {
        Uri url = _server.Put("/m", s_content);
        _server.Cut(100_000);
        _server.Cut(50_000);
        await RunAsync(url);

        File.ReadAllBytes(Target).Should().Equal(s_content);
        _server.Requests.Select(request => request.Range).Should().Equal("", "bytes=100000-", "bytes=150000-");
    }

    [Fact]
    public async Task Run_AfterAnotherProcessStopped_GoesOn()
    {
        Uri url = _server.Put("/m", s_content);
        _server.Cut(120_000);
        using CancellationTokenSource stop = new();
        Func<Task> first = () => Download(pause: TimeSpan.FromMinutes(5)).RunAsync(new RemoteFile(url, "m.gguf"), Target, _progress, stop.Token);
        _progress.At(120_000, () => stop.CancelAfter(200));
        await first.Should().ThrowAsync<OperationCanceledException>();
        File.Exists(Target).Should().BeFalse();
        new FileInfo(Part).Length.Should().Be(120_000);

        await RunAsync(url);

        File.ReadAllBytes(Target).Should().Equal(s_content);
        _server.Requests.Select(request => request.Range).Should().Equal("", "bytes=120000-");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_FileChangedMeanwhile_IsFetchedAnew(bool knowsIfRange)
    {
        Uri url = _server.Put("/m", s_content, "\"1\"");
        _server.KnowsIfRange = knowsIfRange;
        await BreakOffAsync(url);
        byte[] changed = Bytes(2, 250_000);
        _server.Put("/m", changed, "\"2\"");

        await RunAsync(url);

        File.ReadAllBytes(Target).Should().Equal(changed);
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData(null)]
    public async Task Run_ServerThatKnowsNoRanges_StartsAnew(string? etag)
    {
        Uri url = _server.Put("/m", s_content, etag);
        _server.KnowsRanges = false;
        _server.Cut(100_000);
        await RunAsync(url);

        File.ReadAllBytes(Target).Should().Equal(s_content);
    }

    [Fact]
    public async Task Run_NeitherVersionNorHashKnown_NeverGoesOnBlindly()
    {
        Uri url = _server.Put("/m", s_content, etag: null);
        _server.Cut(100_000);
        await RunAsync(url);

        _server.Requests.Select(request => request.Range).Should().Equal("", "");
    }

    [Fact]
    public async Task Run_HashKnown_GoesOnWithoutAVersion()
    {
        Uri url = _server.Put("/m", s_content, etag: null);
        _server.Cut(100_000);
        await RunAsync(url, sha256: HashOf(s_content));

        _server.Requests.Select(request => request.Range).Should().Equal("", "bytes=100000-");
        File.ReadAllBytes(Target).Should().Equal(s_content);
    }

    [Fact]
    public async Task Run_PartIsWholeAlready_AsksOnceAndTakesIt()
    {
        Uri url = _server.Put("/m", s_content);
        File.WriteAllBytes(Part, s_content);
        new DownloadState(url.AbsoluteUri, "\"1\"").Write(Part + ".json");
        await RunAsync(url);

        File.ReadAllBytes(Target).Should().Equal(s_content);
        _server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Run_PartIsLongerThanTheFile_StartsAnew()
    {
        Uri url = _server.Put("/m", s_content);
        File.WriteAllBytes(Part, Bytes(3, 400_000));
        new DownloadState(url.AbsoluteUri, "\"1\"").Write(Part + ".json");
        await RunAsync(url);

        File.ReadAllBytes(Target).Should().Equal(s_content);
    }

    [Fact]
    public async Task Run_PartOfAnotherAddress_IsThrownAway()
    {
        File.WriteAllBytes(Part, Bytes(3, 1000));
        new DownloadState("https://example.com/other", "\"1\"").Write(Part + ".json");
        await RunAsync(_server.Put("/m", s_content));

        File.ReadAllBytes(Target).Should().Equal(s_content);
        _server.Requests.Select(request => request.Range).Should().Equal("");
    }

    [Fact]
    public async Task Run_WrongHash_DeletesAndNamesBoth()
    {
        string expected = HashOf(Bytes(9, 10));
        string message = await FaultAsync(_server.Put("/m", s_content), sha256: expected);

        message.Should().Contain(expected).And.Contain(HashOf(s_content));
        Directory.GetFiles(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task Run_OtherLengthThanExpected_IsRefusedBeforeItIsFetched() =>
        (await FaultAsync(_server.Put("/m", s_content), bytes: 5)).Should().Contain("300000 bytes, and 5 are expected");

    [Fact]
    public async Task Run_LengthUnknownAndMoreComes_IsRefused()
    {
        _server.SaysLength = false;
        (await FaultAsync(_server.Put("/m", s_content), bytes: 5)).Should().Contain("more than the 5 bytes");
    }

    [Fact]
    public async Task Run_LengthUnknown_IsFetched()
    {
        _server.SaysLength = false;
        (await RunAsync(_server.Put("/m", s_content))).Should().Be(HashOf(s_content));
    }

    [Theory]
    [InlineData(404, "answers 404")]
    [InlineData(401, "HF_TOKEN")]
    [InlineData(403, "HF_TOKEN")]
    public async Task Run_Refused_SaysWhyAtOnce(int status, string expected)
    {
        Uri url = _server.Put("/m", s_content);
        _server.Refuse(status);
        (await FaultAsync(url)).Should().Contain(expected);
        _server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Run_ServerIsBusy_TriesAgain()
    {
        Uri url = _server.Put("/m", s_content);
        _server.Refuse(503);
        _server.Refuse(429, retryAfter: "1");
        (await RunAsync(url)).Should().Be(HashOf(s_content));
        _server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task Run_BreaksOffAgainAndAgain_SaysThatItCanBeContinued()
    {
        (await BreakOffAsync(_server.Put("/m", s_content))).Should().Contain("broke off").And.Contain("are kept: run the same command again");
        File.Exists(Part).Should().BeTrue();
    }

    [Fact]
    public async Task Run_NothingArrives_IsTakenForBroken()
    {
        Uri url = _server.Put("/m", s_content);
        _stall = TimeSpan.FromMilliseconds(300);
        _server.Hang(1000);
        (await RunAsync(url)).Should().Be(HashOf(s_content));
        _server.Requests.Select(request => request.Range).Should().Equal("", "bytes=1000-");
    }

    [Fact]
    public async Task Run_NobodyThere_SaysSoAtOnce()
    {
        Func<Task> run = () => Download(pause: TimeSpan.FromMinutes(5)).RunAsync(new RemoteFile(new Uri("http://127.0.0.1:9/m"), "m.gguf"), Target, null, TestContext.Current.CancellationToken);
        (await run.Should().ThrowAsync<DownloadException>()).Which.Message.Should().Contain("'127.0.0.1' cannot be reached");
    }

    [Fact]
    public async Task Run_DiskIsFull_SaysHowMuchIsMissing()
    {
        _space = 1000;
        (await FaultAsync(_server.Put("/m", s_content))).Should().Contain("needs 293.0 KiB more").And.Contain("1000 bytes are free");
    }

    [Fact]
    public async Task Run_AnotherProcessFetchesIt_SaysSo()
    {
        using FileStream other = new(Part, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        (await FaultAsync(_server.Put("/m", s_content))).Should().Contain("another process fetches this file");
    }

    [Fact]
    public async Task Run_RedirectToAnotherHost_IsFollowedWithoutTheToken()
    {
        _server.Put("/there", s_content);
        Uri url = _server.Redirect("/m", new Uri(_server.OtherHost, "/there").AbsoluteUri);
        (await RunAsync(url)).Should().Be(HashOf(s_content));

        _server.Requests.Select(request => request.Authorization).Should().Equal("Bearer secret", "");
    }

    [Fact]
    public async Task Run_RedirectOnTheSameHost_KeepsTheToken()
    {
        _server.Put("/there", s_content);
        await RunAsync(_server.Redirect("/m", "/there"));

        _server.Requests.Select(request => request.Authorization).Should().Equal("Bearer secret", "Bearer secret");
    }

    [Theory]
    [InlineData("http://192.0.2.1/m")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.com/m")]
    public async Task Run_RedirectElsewhere_IsRefused(string to) =>
        (await FaultAsync(_server.Redirect("/m", to))).Should().Contain("redirects to").And.Contain("is followed");

    [Fact]
    public async Task Run_RedirectsInACircle_Ends()
    {
        (await FaultAsync(_server.Redirect("/m", "/m"))).Should().Contain("more than 5 times");
        _server.Requests.Should().HaveCount(6);
    }

    private async Task<string> BreakOffAsync(Uri url)
    {
        for (int i = 0; i < 7; i++)
        {
            _server.Cut(1000);
        }

        return await FaultAsync(url);
    }

    private Task<string> RunAsync(Uri url, long? bytes = null, string? sha256 = null) =>
        Download(TimeSpan.FromMilliseconds(1)).RunAsync(new RemoteFile(url, "m.gguf", bytes, sha256), Target, _progress, TestContext.Current.CancellationToken);

    private async Task<string> FaultAsync(Uri url, long? bytes = null, string? sha256 = null)
    {
        Func<Task> run = () => RunAsync(url, bytes, sha256);
        return (await run.Should().ThrowAsync<DownloadException>()).Which.Message;
    }

    private FileDownload Download(TimeSpan pause) =>
        new(new ModelHttp(_client, TimeProvider.System), _ => "secret", _ => _space, TimeProvider.System) { Pause = pause, Stall = _stall };

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Bytes(int seed, int count)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private sealed class Told : IProgress<DownloadProgress>
    {
        private volatile DownloadProgress? _last;
        private long _at = long.MaxValue;
        private Action _then = () => { };

        public DownloadProgress? Last => _last;

        public void At(long bytes, Action then) => (_at, _then) = (bytes, then);

        public void Report(DownloadProgress value)
        {
            _last = value;
            if (value.Done >= _at)
            {
                _then();
            }
        }
    }
}
