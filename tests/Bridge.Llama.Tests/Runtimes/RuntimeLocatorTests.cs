using System.Runtime.InteropServices;
using Bridge.Llama.Runtimes;

namespace Bridge.Llama.Tests.Runtimes;

public sealed class RuntimeLocatorTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("bridge-runtimes-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public void Find_EverythingInstalled_TakesTheBestThatTheMachineCanLoad()
    {
        Install("linux-x64", "libllama.v0.5.0.so");
        Install("linux-x64-vulkan", "libllama.vulkan.v0.5.0.so");
        Install("linux-x64-cuda", "libllama.cuda.v0.5.0.so");

        Find().Folder!.Backend.Should().Be(RuntimeBackend.Cpu);
        Find("libvulkan.so.1").Folder!.Backend.Should().Be(RuntimeBackend.Vulkan);
        Find("libcuda.so.1", "libcudart.so.13", "libcublas.so.13", "libvulkan.so.1").Folder!.Backend.Should().Be(RuntimeBackend.Cuda);
    }

    [Fact]
    public void Find_Cuda12Alone_TakesTheBackendOfTheExtension()
    {
        Install("linux-x64", "libllama.v0.5.0.so");
        Install("linux-x64-cuda", "libllama.cuda.v0.5.0.so");
        string[] cuda12 = ["libcuda.so.1", "libcudart.so.12", "libcublas.so.12"];

        Find(cuda12).Passed.Should().Contain(passed => passed.Reason.Contains("linux-x64-cuda-ext is not installed") && passed.Reason.Contains("install-runtime") && passed.HasDriver);

        string fallback = Directory.CreateDirectory(Path.Combine(_data, "llama-runtime", "linux-x64-cuda-ext", "bins", "linux-x64-cuda", "fallback")).FullName;
        File.WriteAllText(Path.Combine(fallback, "libggml-cuda.so"), "");
        RuntimeFolder folder = Find(cuda12).Folder!;
        folder.Backend.Should().Be(RuntimeBackend.Cuda12);
        folder.BackendFile.Should().EndWith("fallback/libggml-cuda.so");
    }

    [Fact]
    public void Find_NothingInstalled_SaysWhatIsMissingAndTheCure()
    {
        RuntimeChoice choice = Find("libcuda.so.1");

        choice.Folder.Should().BeNull();
        choice.Passed.Should().Contain(passed => passed.Reason.Contains("libcudart.so.13, libcublas.so.13 are not on this machine") && passed.Reason.Contains("https://") && passed.HasDriver);
        choice.Passed.Should().Contain(passed => passed.Reason.StartsWith("Cpu: the package linux-x64 is not installed.") && passed.HasDriver);
    }

    [Fact]
    public void Find_NoDriver_TellsItFromADriverWithoutItsLibraries()
    {
        Install("linux-x64", "libllama.v0.5.0.so");

        Find().Passed.Select(passed => (passed.Backend, passed.HasDriver)).Should().Equal(
            (RuntimeBackend.Cuda, false), (RuntimeBackend.Cuda12, false), (RuntimeBackend.Vulkan, false));
        Find("libcuda.so.1").Passed.Select(passed => passed.HasDriver).Should().Equal(true, true, false);
    }

    [Fact]
    public void Find_ConfiguredFolderWithoutALibrary_DoesNotLookFurther()
    {
        Install("linux-x64", "libllama.v0.5.0.so");
        new RuntimeLocator("/nowhere", _ => true, Packages).Find(_data, _data).Passed.Should().ContainSingle().Which.Reason.Should().Contain($"'{_data}' holds no llama.cpp");
    }

    private static System.Collections.Immutable.ImmutableArray<RuntimePackage> Packages => RuntimePackage.For(OSPlatform.Linux, Architecture.X64);

    private RuntimeChoice Find(params string[] has) => new RuntimeLocator("/nowhere", has.Contains, Packages).Find(null, _data);

    private void Install(string package, string library)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_data, "llama-runtime", package, "bins", package)).FullName;
        File.WriteAllText(Path.Combine(folder, library), "");
        File.WriteAllText(Path.Combine(folder, "libggml-base.so"), "");
    }
}
