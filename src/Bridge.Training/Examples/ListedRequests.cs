using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Bridge.Evaluation.Records;
using Bridge.Schemas.Signatures;
using Bridge.Training.Records;

namespace Bridge.Training.Examples;

/// <summary>Makes requests for several calls of requests for one: a value becomes two or three values, as in <c>Paris and London</c>. The same in every run.</summary>
/// <param name="records">The requests for one call.</param>
internal sealed class ListedRequests(ImmutableArray<TrainingRecord> records)
{
    private const int OneOf = 3;

    private readonly Random _random = new(23);

    /// <summary>Makes them.</summary>
    public IEnumerable<TrainingRecord> Make()
    {
        foreach (IGrouping<int, TrainingRecord> fold in records.GroupBy(record => record.Fold).OrderBy(group => group.Key))
        {
            TrainingRecord[] singles = [.. fold.Where(record => record.IsSingle && record.Record.Tools.Length > 0)];
            ILookup<string, string> texts = singles.SelectMany(record => record.Record.Expected[0].Arguments)
                .Where(argument => argument.Accepted.Length > 0 && argument.Accepted[0] is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 2 and < 30 })
                .ToLookup(argument => argument.Name.ToUpperInvariant(), argument => argument.Accepted[0].GetString()!);
            foreach (TrainingRecord record in singles)
            {
                if (_random.Next(OneOf) == 0 && Make(record, texts) is { } listed)
                {
                    yield return new TrainingRecord(listed, Origin.Composed) { Fold = record.Fold };
                }
            }
        }
    }

    private EvalRecord? Make(TrainingRecord record, ILookup<string, string> texts)
    {
        ExpectedCall call = record.Record.Expected[0];
        ImmutableArray<ToolParameter> parameters = ToolParameter.List(record.Tool(call)!.Schema);
        foreach (ExpectedArgument argument in call.Arguments)
        {
            ToolParameter? parameter = parameters.FirstOrDefault(parameter => parameter.Name == argument.Name);
            if (parameter is not { Required: true } || argument.Accepted.IsEmpty || OthersOf(parameter, argument.Accepted[0], texts) is not { Length: > 0 } others)
            {
                continue;
            }

            string said = Said(argument.Accepted[0]);
            int at = record.Text.IndexOf(said, StringComparison.Ordinal);
            if (at < 0 || said.Length == 0 || record.Text.IndexOf(said, at + 1, StringComparison.Ordinal) >= 0)
            {
                continue;
            }

            string list = others.Length == 1 ? $"{said} and {Said(others[0])}" : $"{said}, {Said(others[0])} and {Said(others[1])}";
            ImmutableArray<ExpectedCall> calls = [call, .. others.Select(other => call with { Arguments = call.Arguments.Replace(argument, argument with { Accepted = [other] }) })];
            return record.Record with
            {
                Id = $"listed_{record.Record.Id}",
                Category = "composed",
                Prompt = record.Text.Remove(at, said.Length).Insert(at, list),
                Expected = calls,
            };
        }

        return null;
    }

    private JsonElement[] OthersOf(ToolParameter parameter, JsonElement value, ILookup<string, string> texts)
    {
        int count = 1 + (_random.Next(4) / 3);
        if (parameter.Type is ParameterType.Integer or ParameterType.Number && value.ValueKind == JsonValueKind.Number && parameter.Values.IsEmpty)
        {
            double number = value.GetDouble();
            return [.. Enumerable.Range(1, count).Select(i => Json((number + (i * (1 + _random.Next(9)))).ToString(CultureInfo.InvariantCulture)))];
        }

        if (parameter.Type != ParameterType.String || value.ValueKind != JsonValueKind.String || !parameter.Values.IsEmpty)
        {
            return [];
        }

        string[] others = [.. texts[parameter.Name.ToUpperInvariant()].Distinct(StringComparer.OrdinalIgnoreCase).Where(other => !other.Equals(value.GetString(), StringComparison.OrdinalIgnoreCase))];
        _random.Shuffle(others);
        return [.. others.Take(count).Select(other => Json(JsonSerializer.Serialize(other, JsonSerializerOptions.Default)))];
    }

    private static string Said(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
