using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Compilation;

/// <summary>A JSON Schema (2020-12, or draft-07 where it says so) compiled once, immutable and safe to share between threads.</summary>
public sealed class CompiledSchema
{
    private readonly bool _isDynamic;

    private CompiledSchema(JsonElement source, SchemaOptions options)
    {
        Source = source;
        var compiler = new SchemaCompiler(options);
        Root = compiler.Compile(source);
        _isDynamic = compiler.IsDynamic;
    }

    /// <summary>The schema as it was given.</summary>
    public JsonElement Source { get; }

    /// <summary>The compiled schema.</summary>
    internal SchemaNode Root { get; }

    /// <summary>Compiles a tool's schema: formats are asserted, and names that differ from a declared one only in case are refused.</summary>
    /// <param name="schema">The schema: an object, <c>true</c> or <c>false</c>.</param>
    /// <returns>The compiled schema.</returns>
    /// <exception cref="InvalidSchemaException">The schema is malformed or over budget.</exception>
    public static CompiledSchema Compile(JsonElement schema) => Compile(schema, SchemaOptions.ForTools);

    /// <summary>Compiles a schema.</summary>
    /// <param name="schema">The schema: an object, <c>true</c> or <c>false</c>.</param>
    /// <param name="options">How it is read.</param>
    /// <returns>The compiled schema.</returns>
    /// <exception cref="InvalidSchemaException">The schema is malformed or over budget.</exception>
    public static CompiledSchema Compile(JsonElement schema, SchemaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (schema.ValueKind == JsonValueKind.Undefined)
        {
            throw new InvalidSchemaException("", "There is no schema; a schema is an object, true or false.");
        }

        int bytes = JsonMarshal.GetRawUtf8Value(schema).Length;
        return bytes <= SchemaBudget.MaxBytes
            ? new CompiledSchema(schema.Clone(), options)
            : throw new InvalidSchemaException("", $"The schema has {bytes} bytes; the most that is accepted is {SchemaBudget.MaxBytes}.");
    }

    /// <summary>Checks an instance, for the verdict alone.</summary>
    /// <param name="instance">The value to check.</param>
    /// <returns>Whether it is valid.</returns>
    public bool IsValid(JsonElement instance)
    {
        var run = Evaluation.ForVerdict(StepsFor(instance), _isDynamic);
        return Root.Check(instance, run) && !run.IsExhausted;
    }

    /// <summary>Checks an instance.</summary>
    /// <param name="instance">The value to check.</param>
    /// <returns>Every violation, in a deterministic order; empty when the instance is valid.</returns>
    public ImmutableArray<ValidationError> Validate(JsonElement instance)
    {
        if (IsValid(instance))
        {
            return [];
        }

        var run = Evaluation.ForErrors(StepsFor(instance), _isDynamic);
        Root.Check(instance, run);
        return run.ToErrors();
    }

    /// <summary>Checks a part of an instance against a part of the schema.</summary>
    /// <param name="node">The part of the schema.</param>
    /// <param name="instance">The part of the instance.</param>
    /// <param name="steps">The work that may be done; what was done is taken off.</param>
    internal bool IsValid(SchemaNode node, JsonElement instance, ref long steps)
    {
        var run = Evaluation.ForVerdict(steps, _isDynamic);
        bool valid = node.Check(instance, run) && !run.IsExhausted;
        steps = run.StepsLeft;
        return valid;
    }

    private static long StepsFor(JsonElement instance) =>
        SchemaBudget.BaseSteps + ((long)JsonMarshal.GetRawUtf8Value(instance).Length * SchemaBudget.StepsPerByte);
}
