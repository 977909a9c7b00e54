using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests.Packages;

/// <summary>The packages of this build in a folder of their own, under a version that no cache can know.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The version of all packages.</summary>
    public string Version { get; } = $"0.1.0-test.{Guid.NewGuid():N}";

    /// <summary>The folder with the packages: a NuGet source.</summary>
    public string Source => Path.Combine(_folder.Path, "feed");

    /// <summary>What the command said.</summary>
    public string Output { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name; // …/bin/CONFIGURATION/net10.0
        (int code, Output) = await DotnetCommand.RunAsync(
            TestData.RepositoryRoot, packages: null,
            "pack", "Bridge.sln", "--no-build", "--configuration", configuration, "--output", Source, $"-p:PackageVersion={Version}");
        code.Should().Be(0, Output);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
