using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Bridge.Tools;

/// <summary>A function whose parameters are declared in code, not read from a method.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does.</param>
/// <param name="schema">The schema of its arguments.</param>
/// <param name="run">Runs it with its arguments, a JSON object.</param>
internal sealed class DeclaredFunction(
    string name, string description, JsonElement schema, Func<JsonElement, CancellationToken, Task<object?>> run) : AIFunction
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Description => description;

    /// <inheritdoc/>
    public override JsonElement JsonSchema => schema;

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var given = new JsonObject();
        foreach ((string key, object? value) in arguments)
        {
            given[key] = value is null ? null : JsonSerializer.SerializeToNode(value, TypeOf(value));
        }

        object? result = await run(JsonElement.Parse(given.ToJsonString()), cancellationToken).ConfigureAwait(false);
        return result is null or string or ToolResult or AIContent or IEnumerable<AIContent> or JsonElement
            ? result
            : JsonSerializer.SerializeToElement(result, TypeOf(result));
    }

    private static JsonTypeInfo TypeOf(object value) => AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType());
}
