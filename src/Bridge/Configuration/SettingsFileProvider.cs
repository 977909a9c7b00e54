using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Bridge.Configuration;

/// <summary>Holds the settings of one file.</summary>
internal sealed class SettingsFileProvider : ConfigurationProvider, IDisposable
{
    private readonly string _path;
    private readonly Action<ImmutableArray<ConfigProblem>> _refused;
    private readonly ConfigFileMonitor? _monitor;

    public SettingsFileProvider(string path, bool follow, Action<ImmutableArray<ConfigProblem>> refused, TimeProvider time)
    {
        _path = path;
        _refused = refused;
        _monitor = follow ? new ConfigFileMonitor(path, time) : null;
    }

    public override void Load()
    {
        ConfigFileContent? content = File.Exists(_path) ? ConfigFile.Read(_path) : null;
        Take(content?.Root);
        if (_monitor is not null)
        {
            _monitor.Changed += OnChanged;
            _monitor.Start(content?.Text);
        }
    }

    public void Dispose() => _monitor?.Dispose();

    private void OnChanged(string? text)
    {
        ConfigFileContent? content = text is null ? null : ConfigFile.Read(_path);
        if (content is { Problems.IsEmpty: false })
        {
            _refused(content.Problems);
            return;
        }

        Take(content?.Root);
        OnReload();
    }

    private void Take(JsonObject? root)
    {
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Flatten(root, "", data);
        Data = data;
    }

    private static void Flatten(JsonNode? node, string path, Dictionary<string, string?> data)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((string key, JsonNode? value) in members)
                {
                    Flatten(value, Below(path, key), data);
                }

                break;
            case JsonArray items:
                for (int i = 0; i < items.Count; i++)
                {
                    Flatten(items[i], Below(path, i.ToString(CultureInfo.InvariantCulture)), data);
                }

                break;
            default:
                if (path.Length > 0)
                {
                    data[path] = node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node?.ToJsonString();
                }

                break;
        }
    }

    private static string Below(string path, string key) => path.Length == 0 ? key : ConfigurationPath.Combine(path, key);
}
