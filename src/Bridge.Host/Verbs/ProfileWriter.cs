using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Evaluation.Calibrating;
using Bridge.Host.Composition;
using Bridge.Profiles;

namespace Bridge.Host.Verbs;

/// <summary>Writes what was learnt of a model into its profile.</summary>
/// <param name="context">The run.</param>
/// <param name="settings">The configuration; its folder passed the gate of trust.</param>
internal sealed class ProfileWriter(VerbContext context, BridgeSettings settings)
{
    /// <summary>The thresholds as values of a profile; none when none were learnt.</summary>
    public static Dictionary<string, JsonNode> ThresholdsOf(CallerAdvice advice)
    {
        var values = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        if (advice is { Threshold: { } threshold, SideEffectThreshold: { } higher })
        {
            values["threshold"] = threshold.Threshold;
            values["sideEffectThreshold"] = higher.Threshold;
        }

        return values;
    }

    /// <summary>Everything that was learnt, as values of a profile.</summary>
    public static Dictionary<string, JsonNode> AllOf(CallerAdvice advice)
    {
        Dictionary<string, JsonNode> values = ThresholdsOf(advice);
        if (advice.Attempts is { } attempts)
        {
            values["attempts"] = attempts;
        }

        if (!advice.Temperatures.IsEmpty)
        {
            values["temperatures"] = new JsonArray([.. advice.Temperatures.Select(temperature => (JsonNode)temperature)]);
        }

        return values;
    }

    /// <summary>Writes values, and says where.</summary>
    /// <param name="name">The model.</param>
    /// <param name="values">The values by key; with none, nothing is written.</param>
    public async Task WriteAsync(ModelName name, IReadOnlyDictionary<string, JsonNode> values)
    {
        if (values.Count == 0)
        {
            await context.Error.WriteLineAsync("Nothing was learnt that could be written.");
            return;
        }

        ModelsFileEditor.Set(settings.ModelsFile, name, values);
        if (settings.Folder.Origin == ConfigurationOrigin.CurrentFolder)
        {
            new TrustGate(context.Environment).Accept(settings); // the user made the change
        }

        await context.Error.WriteLineAsync($"Wrote {string.Join(", ", values.Keys.Select(key => $"'{key}'"))} of '{name}' to '{settings.ModelsFile}'.");
    }
}
