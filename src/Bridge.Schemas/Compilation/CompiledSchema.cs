using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Bridge.Schemas.Json;
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

        ReadOnlySpan<byte> text = JsonMarshal.GetRawUtf8Value(schema);
        if (text.Length > SchemaBudget.MaxBytes)
        {
            throw new InvalidSchemaException("", $"The schema has {text.Length} bytes; the most that is accepted is {SchemaBudget.MaxBytes}.");
        }

        SchemaText.Check(text);
        var compiled = new CompiledSchema(schema.Clone(), options);

        // Last, because most of them were found before, and where.
        SchemaText.CheckDuplicates(text);
        return compiled;
    }

    /// <summary>Checks an instance, for the verdict alone.</summary>
    /// <param name="instance">The value to check.</param>
    /// <returns>Whether it is valid.</returns>
    public bool IsValid(JsonElement instance)
    {
        using JsonTape tape = JsonTape.Of(instance);
        return IsValid(tape.Root);
    }

    /// <summary>Reads an instance strictly and checks it, for the verdict alone. Nothing is allocated.</summary>
    /// <param name="utf8">The instance's JSON.</param>
    /// <returns>Whether it is valid.</returns>
    /// <exception cref="StrictJsonException">The text is not JSON, or not unambiguous JSON.</exception>
    public bool IsValid(ReadOnlySpan<byte> utf8)
    {
        using JsonTape tape = StrictJson.Read(utf8);
        return IsValid(tape.Root);
    }

    /// <summary>Checks an instance.</summary>
    /// <param name="instance">The value to check.</param>
    /// <returns>Every violation, in a deterministic order; empty when the instance is valid.</returns>
    public ImmutableArray<ValidationError> Validate(JsonElement instance)
    {
        using JsonTape tape = JsonTape.Of(instance);
        return Validate(tape.Root);
    }

    /// <summary>Reads an instance strictly and checks it. Nothing is allocated when it is valid.</summary>
    /// <param name="utf8">The instance's JSON.</param>
    /// <returns>Every violation, in a deterministic order; empty when the instance is valid.</returns>
    /// <exception cref="StrictJsonException">The text is not JSON, or not unambiguous JSON.</exception>
    public ImmutableArray<ValidationError> Validate(ReadOnlySpan<byte> utf8)
    {
        using JsonTape tape = StrictJson.Read(utf8);
        return Validate(tape.Root);
    }

    /// <summary>Checks a part of an instance against a part of the schema.</summary>
    /// <param name="node">The part of the schema.</param>
    /// <param name="instance">The part of the instance.</param>
    /// <param name="steps">The work that may be done; what was done is taken off.</param>
    internal bool IsValid(SchemaNode node, JsonElement instance, ref long steps)
    {
        using JsonTape tape = JsonTape.Of(instance);
        using Evaluation run = Evaluation.ForVerdict(steps - tape.Root.Size, _isDynamic);
        bool valid = node.Check(tape.Root, run) && !run.IsExhausted;
        steps = run.StepsLeft;
        return valid;
    }

    /// <summary>Checks a value that was read, for the verdict alone.</summary>
    internal bool IsValid(JsonValue instance)
    {
        using Evaluation run = Evaluation.ForVerdict(StepsFor(instance), _isDynamic);
        return Root.Check(instance, run) && !run.IsExhausted;
    }

    private static long StepsFor(JsonValue instance) => SchemaBudget.StepsFor(instance.Text.Length);

    private ImmutableArray<ValidationError> Validate(JsonValue instance)
    {
        if (IsValid(instance))
        {
            return [];
        }

        using Evaluation run = Evaluation.ForErrors(StepsFor(instance), _isDynamic);
        Root.Check(instance, run);
        return run.ToErrors();
    }
}
