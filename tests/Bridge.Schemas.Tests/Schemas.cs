using System.Text.Json;
using Bridge.Schemas.Compilation;

namespace Bridge.Schemas.Tests;

internal static class Schemas
{
    public static JsonElement Value(string text) => JsonElement.Parse(text);

    public static CompiledSchema Compile(string schema) => CompiledSchema.Compile(Value(schema));
}
