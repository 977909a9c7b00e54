using Bridge.Llama.Runtimes;

namespace Bridge.Llama.Tests;

/// <summary>llama.cpp as the build installed it.</summary>
internal static class InstalledRuntime
{
    /// <summary>The runtime; skips the test, with the reason, where the build could not install it.</summary>
    public static LlamaRuntime Require()
    {
        RuntimeChoice choice = RuntimeLocator.Default.Find(configured: null, dataFolder: null);
        if (choice.Folder is null)
        {
            Assert.Skip(string.Join(' ', choice.Passed));
        }

        return LlamaRuntime.Load(choice);
    }
}
