using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Storage;

namespace Bridge.Host.Serving;

/// <summary>Says that a <c>serve</c> of this user runs for a configuration folder, and where, so that other verbs use it.</summary>
/// <param name="dataFolder">The data folder.</param>
/// <param name="configurationFolder">The configuration folder.</param>
internal sealed class RunFile(string dataFolder, string configurationFolder)
{
    private const string Folder = "serve";

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(
        dataFolder,
        Folder,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(System.IO.Path.GetFullPath(configurationFolder))))[..16] + ".json");

    /// <summary>Writes the file for this process.</summary>
    /// <param name="url">Where it listens.</param>
    public void Write(Uri url)
    {
        DataFolder.Open(dataFolder).Folder(Folder);
        var content = new JsonObject
        {
            ["pid"] = Environment.ProcessId,
            ["url"] = url.ToString(),
            ["configuration_folder"] = configurationFolder,
        };
        ConfigFileWriter.Write(Path, content.ToJsonString());
    }

    /// <summary>Removes the file if this process wrote it.</summary>
    public void Remove()
    {
        if (Read()?.ProcessId == Environment.ProcessId)
        {
            File.Delete(Path);
        }
    }

    /// <summary>The running <c>serve</c>.</summary>
    /// <returns>What it wrote; <see langword="null"/> when none runs.</returns>
    public RunningServe? Find() => Read() is { } running && IsAlive(running.ProcessId) ? running : null;

    private static bool IsAlive(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private RunningServe? Read()
    {
        try
        {
            JsonNode? content = JsonNode.Parse(File.ReadAllText(Path));
            return content?["pid"]?.GetValue<int>() is { } pid && Uri.TryCreate(content["url"]?.GetValue<string>(), UriKind.Absolute, out Uri? url)
                ? new RunningServe(pid, url)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>A running <c>serve</c>.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="Url">Where it listens.</param>
internal sealed record RunningServe(int ProcessId, Uri Url);
