using Bridge.Llama.Runtimes;

namespace Bridge.Llama.Tests.Runtimes;

public class RuntimeTests
{
    [Fact]
    public void Load_OfTheInstalledBuild_FindsTheProcessor()
    {
        LlamaRuntime runtime = InstalledRuntime.Require();

        runtime.Devices.Should().Contain(device => !device.IsGpu && device.TotalBytes > 0);
        LlamaRuntime.Version.Should().MatchRegex(@"^\d+\.\d+\.\d+");
    }
}
