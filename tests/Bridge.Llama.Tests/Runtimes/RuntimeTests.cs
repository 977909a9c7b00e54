using System.Collections.Immutable;
using Bridge.Llama.Runtimes;

namespace Bridge.Llama.Tests.Runtimes;

public class RuntimeTests
{
    [Fact]
    public void Load_OfTheInstalledBuild_FindsTheProcessor()
    {
        LlamaRuntime runtime = InstalledRuntime.Require();

        runtime.Devices.Should().Contain(device => !device.IsGpu && device.TotalBytes > 0);
        runtime.Devices.Should().OnlyContain(device => device.FreeBytes <= device.TotalBytes);
        LlamaRuntime.Version.Should().MatchRegex(@"^\d+\.\d+\.\d+");
    }

    [Theory]
    [InlineData(-1, "GPU", 5)]
    [InlineData(0, "CPU", 9)]
    public void Memory_GraphicsDevice_IsUsedUnlessNoLayerGoesThere(int layers, string name, long free)
    {
        ImmutableArray<RuntimeDevice> devices = [new("CPU", "", false, 9, 10), new("GPU", "", true, 5, 8)];

        var memory = RuntimeMemory.Of(devices, layers);

        memory.Devices.Should().ContainSingle().Which.Name.Should().Be(name);
        memory.FreeBytes.Should().Be(free);
    }

    [Fact]
    public void Memory_FullGraphicsDevice_IsNotUsed() =>
        RuntimeMemory.Of([new("CPU", "", false, 9, 10), new("GPU", "", true, 0, 8)], -1).FreeBytes.Should().Be(9);
}
