using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Validation;

namespace Bridge.Mcp.Modes;

/// <summary>Reads what a client hands to one of Bridge's own tools.</summary>
internal sealed class FixedInput
{
    private static readonly JsonElement s_nothing = JsonElement.Parse("{}"u8);

    private readonly CompiledSchema _schema;

    /// <summary>Compiles the schema.</summary>
    /// <param name="schema">One of those of <see cref="FixedTools"/>.</param>
    public FixedInput(string schema) => _schema = CompiledSchema.Compile(JsonElement.Parse(schema));

    /// <summary>Reads it.</summary>
    /// <param name="request">The client's request.</param>
    /// <param name="problem">What does not fit, for the model that wrote it; <see langword="null"/> when all does.</param>
    /// <returns>The arguments.</returns>
    public JsonElement Read(GatewayRequest request, out string? problem)
    {
        JsonElement arguments = request.Message.Member("arguments") ?? s_nothing;
        ImmutableArray<ValidationError> errors = _schema.Validate(arguments);
        problem = errors.IsEmpty ? null : $"The arguments of '{request.Message.Text("name")}' do not fit its schema. {string.Join(' ', errors.Select(error => error.Message))}";
        return arguments;
    }
}
