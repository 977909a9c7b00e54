using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Bridge.Llama.Downloads;
using Bridge.Llama.Runtimes;
using Bridge.Storage;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Runtimes;

public sealed class RuntimeInstallerTests : IAsyncLifetime
{
    private const string Path64 = "/@node-llama-cpp/linux-x64/-/linux-x64-3.0.0.tgz";

    private static readonly byte[] s_cpu = Package("linux-x64", "libllama.v0.5.0.so");

    private readonly TemporaryFolder _folder = new();
    private readonly List<RuntimePin> _pins = [PackageFile.PinOf("linux-x64", s_cpu)];
    private FileServer _server = null!;

    private string Root => Path.Combine(_folder.Path, "data", "llama-runtime");

    public async ValueTask InitializeAsync() => _server = await FileServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Install_Processor_IsFoundByTheLocatorAndNothingElseIsLeft()
    {
        _server.Put(Path64, s_cpu);

        InstalledPackage package = (await InstallAsync()).Should().ContainSingle().Subject;

        package.Should().Be(new InstalledPackage("linux-x64", "3.0.0", Path.Combine(Root, "linux-x64"), IsNew: true));
        Locator().Find(null, Path.Combine(_folder.Path, "data")).Folder!.Origin.Should().Be("in the data folder");
        Files("linux-x64").Should().BeEquivalentTo("LICENSE", "integrity", "bins/linux-x64/libllama.v0.5.0.so", "bins/linux-x64/libggml-base.so");
        Directory.GetFileSystemEntries(Root).Select(Path.GetFileName).Should().BeEquivalentTo("linux-x64", ".linux-x64.lock");
    }

    [Fact]
    public async Task Install_Again_FetchesNothing()
    {
        _server.Put(Path64, s_cpu);
        await InstallAsync();

        (await InstallAsync()).Should().ContainSingle().Which.IsNew.Should().BeFalse();

        _server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Install_OtherVersionIsThere_TakesItsPlace()
    {
        _server.Put(Path64, s_cpu);
        await InstallAsync();
        byte[] next = Package("linux-x64", "libllama.v0.6.0.so");
        _pins[0] = PackageFile.PinOf("linux-x64", next);
        _server.Put(Path64, next, "\"2\"");

        await InstallAsync();

        Files("linux-x64").Should().Contain("bins/linux-x64/libllama.v0.6.0.so").And.NotContain("bins/linux-x64/libllama.v0.5.0.so");
        Directory.GetDirectories(Root).Should().ContainSingle();
    }

    [Fact]
    public async Task Install_MachineWithCuda12_TakesItsBackendAndTheProcessors()
    {
        byte[] cuda = Package("linux-x64-cuda", "libllama.cuda.v0.5.0.so");
        byte[] extension = new PackageFile().With("package/bins/linux-x64-cuda/fallback/libggml-cuda.so", "x").ToArray();
        _server.Put(Path64, s_cpu);
        _server.Put("/@node-llama-cpp/linux-x64-cuda/-/linux-x64-cuda-3.0.0.tgz", cuda);
        _server.Put("/@node-llama-cpp/linux-x64-cuda-ext/-/linux-x64-cuda-ext-3.0.0.tgz", extension);
        _pins.AddRange([PackageFile.PinOf("linux-x64-cuda", cuda), PackageFile.PinOf("linux-x64-cuda-ext", extension)]);
        string[] has = ["libcuda.so.1", "libcudart.so.12", "libcublas.so.12", "libvulkan.so.1"];

        (await InstallAsync(has: has)).Select(package => package.Name).Should().Equal("linux-x64-cuda", "linux-x64-cuda-ext", "linux-x64");

        Locator(has).Find(null, Path.Combine(_folder.Path, "data")).Folder!.Backend.Should().Be(RuntimeBackend.Cuda12);
    }

    [Fact]
    public async Task Install_WrongHash_IsRefusedAndLeavesNothing()
    {
        byte[] other = Package("linux-x64", "libllama.v0.9.9.so");
        _server.Put(Path64, other);

        (await Refused<DownloadException>()).Should().Contain("it is another file, and was deleted").And.Contain(Convert.ToBase64String(SHA512.HashData(other)));
        Directory.GetFileSystemEntries(Root).Select(Path.GetFileName).Should().BeEquivalentTo(".linux-x64.lock");
    }

    [Theory]
    [InlineData("package/../../out.so", "leads out of its folder")]
    [InlineData("package/bins/../../../out.so", "leads out of its folder")]
    [InlineData("/tmp/out.so", "leads out of its folder")]
    [InlineData("package/bins/x:y", "leads out of its folder")]
    [InlineData("package/bins\\..\\..\\out.so", "leads out of its folder")]
    public async Task Install_EntryThatLeadsOut_IsRefused(string name, string expected)
    {
        Serve(new PackageFile().With("package/bins/linux-x64/libllama.so", "x").With(name, "evil"));

        (await Refused<LlamaRuntimeException>()).Should().Contain(expected);
        Directory.GetDirectories(Root).Should().BeEmpty();
        Directory.GetFiles(_folder.Path, "out.so", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public async Task Install_Link_IsRefused(TarEntryType type)
    {
        Serve(new PackageFile().With("package/bins/linux-x64/libllama.so", "x").WithLink("package/bins/linux-x64/link", "libllama.so", type));

        (await Refused<LlamaRuntimeException>()).Should().Contain("which is no file");
        Directory.GetDirectories(Root).Should().BeEmpty();
    }

    [Fact]
    public async Task Install_NoArchive_IsRefused()
    {
        byte[] noise = "no archive at all"u8.ToArray();
        _pins[0] = PackageFile.PinOf("linux-x64", noise);
        _server.Put(Path64, noise);

        (await Refused<LlamaRuntimeException>()).Should().Contain("is no package of npm");
    }

    [Fact]
    public async Task Unpack_MoreThanAllowed_IsRefusedBeforeItIsWritten()
    {
        string file = Path.Combine(_folder.Path, "p.tgz");
        File.WriteAllBytes(file, new PackageFile().With("package/bins/a", new string('x', 5000)).ToArray());
        string target = Path.Combine(_folder.Path, "target");

        await FluentActions.Awaiting(() => RuntimeArchive.UnpackAsync(file, target, TestContext.Current.CancellationToken, mostBytes: 4999))
            .Should().ThrowAsync<LlamaRuntimeException>().WithMessage("*more than 4.9 KiB*");
        Directory.Exists(target).Should().BeFalse();
        await RuntimeArchive.UnpackAsync(file, target, TestContext.Current.CancellationToken, mostBytes: 5000);
        File.Exists(Path.Combine(target, "bins", "a")).Should().BeTrue();
    }

    [Fact]
    public async Task Install_ConnectionBreaks_GoesOnWhereItStopped()
    {
        _server.Put(Path64, s_cpu);
        _server.Cut(s_cpu.Length / 2);

        await InstallAsync();

        _server.Requests.Should().HaveCount(2);
        Files("linux-x64").Should().Contain("LICENSE");
    }

    [Fact]
    public async Task Install_ConnectionBreaksAgainAndAgain_GoesOnTheNextTime()
    {
        string part = Path.Combine(Root, ".linux-x64-3.0.0.tgz.part");
        _server.Put(Path64, s_cpu);
        _server.Arrived = () => File.Exists(part) ? new FileInfo(part).Length : 0;
        for (int i = 0; i < 7; i++)
        {
            _server.Cut(1000);
        }

        (await Refused<DownloadException>()).Should().Contain("6.8 KiB are kept: run the same command again");
        Directory.GetDirectories(Root).Should().BeEmpty();

        await InstallAsync();
        _server.Requests.Last().Range.Should().Be("bytes=7000-");
        Files("linux-x64").Should().Contain("LICENSE");
    }

    [Theory]
    [InlineData(404, "the server answers 404")]
    [InlineData(401, "'--registry'")]
    public async Task Install_RegistryRefuses_SaysSo(int status, string expected)
    {
        _server.Refuse(status);

        (await Refused<DownloadException>()).Should().Contain(expected).And.NotContain("HF_TOKEN");
    }

    [Fact]
    public async Task Install_AnotherProcessIsAtIt_IsTold()
    {
        Directory.CreateDirectory(Root);
        using FileStream theirs = new(Path.Combine(Root, ".linux-x64.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        (await Refused<LlamaRuntimeException>()).Should().Contain("Another process installs 'linux-x64'");
    }

    [Fact]
    public async Task Install_NoHashKnown_IsNotFetched()
    {
        (await Refused<LlamaRuntimeException>(RuntimeBackend.Vulkan)).Should().Contain("knows no hash of the package 'linux-x64-vulkan'");
        _server.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("http://registry.example.org")]
    [InlineData("registry")]
    [InlineData("https://user:secret@registry.example.org")]
    public void Create_RegistryThatIsNotAllowed_IsRefused(string registry) =>
        FluentActions.Invoking(() => Installer(registry)).Should().Throw<ModelSourceException>().Which.Message.Should().NotContain("secret");

    [Fact]
    public void Pins_OfTheBuild_AreKnownForThisPlatform() =>
        RuntimePackage.For(OSPlatform.Linux, Architecture.X64).SelectMany(package => new[] { package.Name, package.Extension }).OfType<string>()
            .Should().OnlyContain(name => RuntimePin.All.Any(pin => pin.Package == name && pin.Integrity.StartsWith("sha512-")));

    [Theory]
    [InlineData(null, null, "https://registry.npmjs.org")]
    [InlineData(null, "https://a.example", "https://a.example")]
    [InlineData("https://b.example", "https://a.example", "https://b.example")]
    public void Options_OfAnEnvironment_TakeTheNearest(string? named, string? variable, string expected) =>
        RuntimeInstallerOptions.From(named, name => name == "npm_config_registry" ? variable : null).Registry.Should().Be(expected);

    private static byte[] Package(string name, string library) => new PackageFile()
        .With("package/package.json", "{}")
        .With("package/LICENSE", "MIT")
        .With($"package/bins/{name}/{library}", Convert.ToBase64String(RandomNumberGenerator.GetBytes(50_000)))
        .With($"package/bins/{name}/libggml-base.so", "x")
        .With("package/dist/index.js", "")
        .ToArray();

    private void Serve(PackageFile package)
    {
        byte[] content = package.ToArray();
        _pins[0] = PackageFile.PinOf("linux-x64", content);
        _server.Put(Path64, content);
    }

    private static RuntimeLocator Locator(params string[] has) =>
        new("/nowhere", has.Contains, RuntimePackage.For(OSPlatform.Linux, Architecture.X64));

    private RuntimeInstaller Installer(string registry, params string[] has) => new(
        DataFolder.Open(Path.Combine(_folder.Path, "data")),
        new RuntimeInstallerOptions { Registry = registry, Pause = TimeSpan.FromMilliseconds(1) },
        TimeProvider.System,
        Locator(has),
        [.. _pins]);

    private async Task<IEnumerable<InstalledPackage>> InstallAsync(RuntimeBackend? backend = null, params string[] has)
    {
        using RuntimeInstaller installer = Installer(_server.Root.AbsoluteUri, has);
        return await installer.InstallAsync(backend, null, TestContext.Current.CancellationToken);
    }

    private async Task<string> Refused<T>(RuntimeBackend? backend = null)
        where T : Exception => (await FluentActions.Awaiting(() => InstallAsync(backend)).Should().ThrowAsync<T>()).Which.Message;

    private IEnumerable<string> Files(string package)
    {
        string folder = Path.Combine(Root, package);
        return Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file));
    }
}
