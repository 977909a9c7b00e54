using System.Text.Json;

namespace Bridge.TextCalls;

/// <summary>Reads calls from JSON, in the shapes models use.</summary>
internal static class JsonCall
{
    private static readonly string[] s_names = ["name", "tool", "tool_name", "function"];
    private static readonly string[] s_arguments = ["arguments", "parameters", "args"];
    private static readonly string[] s_lists = ["calls", "tool_calls"];
    private static readonly string[] s_others = ["id", "type", "call_id", "index"];

    /// <summary>Adds the calls of a value: one call, a list of calls, or an object holding such a list.</summary>
    /// <param name="value">The value.</param>
    /// <param name="source">The text it was read from.</param>
    /// <param name="found">Where the calls go.</param>
    /// <param name="argumentsNeeded">Whether a name without arguments is no call: so outside of tags that say "call".</param>
    /// <returns>Whether the value has the shape of calls.</returns>
    public static bool AddAll(JsonElement value, string source, TextCallSink found, bool argumentsNeeded)
    {
        if (value.ValueKind == JsonValueKind.Object && ListOf(value) is { } list)
        {
            return AddAll(list, source, found, argumentsNeeded);
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return Add(value, source, found, argumentsNeeded);
        }

        // All or nothing: an array that holds something else as well is data.
        JsonElement[] items = [.. value.EnumerateArray()];
        return items.Length > 0
            && Array.TrueForAll(items, item => Read(item, argumentsNeeded) is not null)
            && Array.TrueForAll(items, item => Add(item, source, found, argumentsNeeded));
    }

    private static bool Add(JsonElement value, string source, TextCallSink found, bool argumentsNeeded)
    {
        if (Read(value, argumentsNeeded) is not { } call)
        {
            return false;
        }

        found.Add(call.Name, call.Arguments, source);
        return true;
    }

    private static JsonElement? ListOf(JsonElement value)
    {
        JsonProperty[] properties = [.. value.EnumerateObject()];
        return properties is [{ Value.ValueKind: JsonValueKind.Array } only] && s_lists.Contains(only.Name) ? only.Value : null;
    }

    private static (string Name, string Arguments)? Read(JsonElement value, bool argumentsNeeded)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string? name = null;
        string? arguments = null;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (property is { Name: "function", Value.ValueKind: JsonValueKind.Object })
            {
                return Read(property.Value, argumentsNeeded); // the shape of the OpenAI API
            }

            if (s_arguments.Contains(property.Name))
            {
                arguments = ArgumentsOf(property.Value);
            }
            else if (s_names.Contains(property.Name) && property.Value.ValueKind == JsonValueKind.String)
            {
                name = property.Value.GetString();
            }
            else if (!s_others.Contains(property.Name))
            {
                return null; // data that happens to have a name
            }
        }

        return name is null || (arguments is null && argumentsNeeded) ? null : (name, arguments ?? "{}");
    }

    private static string ArgumentsOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!, // JSON inside a string, as on the wire of the OpenAI API
        JsonValueKind.Null => "{}",
        _ => value.GetRawText(),
    };
}
