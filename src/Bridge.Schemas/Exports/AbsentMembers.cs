using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Shapes;

namespace Bridge.Schemas.Exports;

/// <summary>Drops members that were written only because every member had to be: those that are null where null is no value.</summary>
internal sealed class AbsentMembers(GoalTable goals)
{
    /// <summary>The most parts that are looked at, alternatives included; beyond, nulls are kept, and validation says so.</summary>
    private const int MaxParts = 100_000;

    /// <summary>Drops them.</summary>
    /// <param name="written">JSON, as a model wrote it.</param>
    /// <returns>The same text where there is nothing to drop.</returns>
    public ReadOnlyMemory<byte> Drop(ReadOnlyMemory<byte> written)
    {
        if (written.Span.IndexOf("null"u8) < 0 || TryParse(written) is not { } value)
        {
            return written;
        }

        var reading = new Reading(goals);
        JsonNode? read = reading.Read(value, goals.Root);
        return reading.Dropped ? Encoding.UTF8.GetBytes(read!.ToJsonString()) : written;
    }

    private static JsonNode? TryParse(ReadOnlyMemory<byte> written)
    {
        try
        {
            return JsonNode.Parse(written.Span, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads one value.</summary>
    private sealed class Reading(GoalTable goals)
    {
        private int _parts;
        private long _steps = SchemaBudget.BaseSteps;

        public bool Dropped { get; private set; }

        public JsonNode? Read(JsonNode? value, Goal goal)
        {
            if (++_parts > MaxParts)
            {
                return value?.DeepClone();
            }

            return value switch
            {
                JsonObject members => ReadRecord(members, goal),
                JsonArray items => ReadList(items, goal),
                _ => value?.DeepClone(),
            };
        }

        /// <summary>By the shape whose names were written; of several, the first whose members fit.</summary>
        private JsonNode ReadRecord(JsonObject written, Goal goal)
        {
            RecordShape[] shapes = [.. goal.Shapes.OfType<RecordShape>().Where(shape => HasNames(shape, written))];
            foreach (RecordShape shape in shapes)
            {
                bool before = Dropped;
                var read = new JsonObject();
                bool fits = true;
                foreach ((string name, JsonNode? value) in written)
                {
                    ShapeMember member = shape.Find(name)!;
                    if (value is null && !member.Required && !ProviderWriter.AllowsNull(member.Goal))
                    {
                        Dropped = true;
                        continue;
                    }

                    read[name] = Read(value, member.Goal);
                    fits = fits && (shapes.Length == 1 || Fits(read[name], member.Goal));
                }

                if (fits)
                {
                    return read;
                }

                Dropped = before;
            }

            return written.DeepClone();
        }

        private JsonNode ReadList(JsonArray written, Goal goal)
        {
            ListShape[] shapes = [.. goal.Shapes.OfType<ListShape>()];
            foreach (ListShape shape in shapes)
            {
                bool before = Dropped;
                JsonNode?[] read = [.. written.Select((item, position) => shape.At(position) is { } kind ? Read(item, kind) : item?.DeepClone())];
                if (shapes.Length == 1 || read.Index().All(item => shape.At(item.Index) is { } kind && Fits(item.Item, kind)))
                {
                    return new JsonArray(read);
                }

                Dropped = before;
            }

            return written.DeepClone();
        }

        private static bool HasNames(RecordShape shape, JsonObject written) =>
            written.Count == shape.Members.Count(member => ProviderWriter.HasValues(member.Goal)) && written.All(member => shape.Find(member.Key) is not null);

        private bool Fits(JsonNode? value, Goal goal)
        {
            var element = JsonElement.Parse(value?.ToJsonString() ?? "null");
            return goal.Nodes.All(node => goals.Schema.IsValid(node, element, ref _steps));
        }
    }
}
