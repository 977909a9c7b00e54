using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;

namespace Bridge.Evaluation.Tests.Scoring;

/// <summary>Predictions that are right, and what is wrong with them in every way that the rules tell apart.</summary>
internal static class Mutations
{
    private static readonly string[] s_values = ["null", "0", "1", "1.0", "true", "false", "\"\"", "\"-\"", "[]", "[\"\"]", "{}", "[{}]", "[1,2.0]", "\"x\"", "{\"a\":1}", "12345678901234567890"];

    public static Dictionary<string, Func<EvalRecord, Random, Prediction>> All { get; } = new()
    {
        ["right"] = Right,
        ["last accepted values"] = (record, random) => Of(record, call => Take(call, accepted => accepted[^1])),
        ["any accepted values"] = (record, random) => Of(record, call => Take(call, accepted => accepted[random.Next(accepted.Length)])),
        ["no call"] = (record, _) => new Prediction(record.Id, []),
        ["invalid"] = (record, random) => Right(record, random) with { Invalid = true },
        ["one call less"] = (record, random) => Right(record, random) is var right ? right with { Calls = right.Calls.IsEmpty ? [] : right.Calls.RemoveAt(0) } : null!,
        ["one call twice"] = (record, random) => Right(record, random) is var right ? right with { Calls = right.Calls.IsEmpty ? [] : right.Calls.Add(right.Calls[0]) } : null!,
        ["another order"] = (record, random) => Right(record, random) is var right ? right with { Calls = [.. right.Calls.Reverse()] } : null!,
        ["a tool for no reason"] = (record, _) => new Prediction(record.Id, [new PredictedCall(record.Tools[0].Id.Name, JsonElement.Parse("{}"))]),
        ["another tool"] = (record, random) => Rename(record, random, name => record.Tools[random.Next(record.Tools.Length)].Id.Name),
        ["dots as underscores"] = (record, random) => Rename(record, random, name => name.Replace('.', '_')),
        ["an argument less"] = (record, random) => Change(record, random, static (arguments, key, _) => arguments.Remove(key)),
        ["an argument more"] = (record, random) => Change(record, random, static (arguments, key, _) => arguments["not_" + key] = 1),
        ["another value"] = (record, random) => Change(record, random, static (arguments, key, random) => arguments[key] = JsonNode.Parse(s_values[random.Next(s_values.Length)])),
        ["as text"] = (record, random) => Change(record, random, static (arguments, key, _) => arguments[key] = arguments[key]?.ToString() ?? "null"),
        ["in a list"] = (record, random) => Change(record, random, static (arguments, key, _) => arguments[key] = new JsonArray(arguments[key]?.DeepClone())),
        ["whole as fraction"] = (record, random) => Change(record, random, static (arguments, key, _) =>
            arguments[key] = JsonNode.Parse(arguments[key] is { } value && value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString().Split('.')[0] + ".0" : "7")),
        ["other signs and case"] = (record, random) => Change(record, random, static (arguments, key, _) => arguments[key] = Loosen(arguments[key])),
        ["deeper inside"] = (record, random) => Change(record, random, static (arguments, key, random) => arguments[key] = Inside(arguments[key], random)),
        ["arguments in a list"] = (record, random) => Right(record, random) is var right ? right with { Calls = [.. right.Calls.Select(call => call with { Arguments = JsonElement.Parse("[]") })] } : null!,
    };

    private static Prediction Right(EvalRecord record, Random random) => record.Check == EvalCheck.AnyCall
        ? new Prediction(record.Id, [new PredictedCall(record.Tools[0].Id.Name, JsonElement.Parse("{}"))])
        : Of(record, call => Take(call, accepted => accepted[0]));

    private static Prediction Of(EvalRecord record, Func<ExpectedCall, JsonObject> arguments) =>
        new(record.Id, [.. record.Expected.Select(call => new PredictedCall(call.Name, ToElement(arguments(call))))]);

    private static JsonObject Take(ExpectedCall call, Func<ImmutableArray<JsonElement>, JsonElement> choose)
    {
        var arguments = new JsonObject();
        foreach (ExpectedArgument argument in call.Arguments)
        {
            JsonElement value = choose(argument.Accepted);
            if (value.ValueKind != JsonValueKind.String || value.GetString() != "")
            {
                arguments[argument.Name] = Plain(value);
            }
        }

        return arguments;
    }

    // Inside a reference object every value is a list of accepted ones.
    private static JsonNode? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject()
            .Where(member => member.Value.ValueKind != JsonValueKind.Array || member.Value.GetArrayLength() > 0)
            .Select(member => KeyValuePair.Create(member.Name, member.Value.ValueKind == JsonValueKind.Array ? JsonNode.Parse(member.Value[0].GetRawText()) : JsonNode.Parse(member.Value.GetRawText())))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Plain)]),
        _ => JsonNode.Parse(value.GetRawText()),
    };

    private static Prediction Rename(EvalRecord record, Random random, Func<string, string> name)
    {
        Prediction right = Right(record, random);
        return right with { Calls = [.. right.Calls.Select(call => call with { Name = name(call.Name!) })] };
    }

    private static Prediction Change(EvalRecord record, Random random, Action<JsonObject, string, Random> change)
    {
        Prediction right = Right(record, random);
        if (right.Calls.IsEmpty)
        {
            return right;
        }

        int which = random.Next(right.Calls.Length);
        JsonObject arguments = JsonObject.Create(right.Calls[which].Arguments)!;
        string[] keys = [.. arguments.Select(member => member.Key)];
        change(arguments, keys.Length == 0 ? "x" : keys[random.Next(keys.Length)], random);
        return right with { Calls = right.Calls.SetItem(which, right.Calls[which] with { Arguments = ToElement(arguments) }) };
    }

    private static JsonNode? Loosen(JsonNode? value) => value switch
    {
        JsonValue text when text.GetValueKind() == JsonValueKind.String => $" {text.GetValue<string>().ToUpperInvariant()}, -".Replace('"', '\''),
        JsonArray items => new JsonArray([.. items.Select(Loosen)]),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Loosen(member.Value)))),
        _ => value?.DeepClone(),
    };

    private static JsonNode? Inside(JsonNode? value, Random random)
    {
        switch (value)
        {
            case JsonArray { Count: > 0 } items:
                var list = (JsonArray)items.DeepClone();
                int index = random.Next(list.Count);
                list[index] = Inside(list[index]?.DeepClone(), random);
                return list;
            case JsonObject { Count: > 0 } members:
                var copy = (JsonObject)members.DeepClone();
                string key = copy.ElementAt(random.Next(copy.Count)).Key;
                if (random.Next(3) == 0)
                {
                    copy.Remove(key);
                }
                else
                {
                    copy[key] = Inside(copy[key]?.DeepClone(), random);
                }

                return copy;
            default:
                return JsonNode.Parse(s_values[random.Next(s_values.Length)]);
        }
    }

    private static JsonElement ToElement(JsonNode node) => JsonElement.Parse(node.ToJsonString());
}
