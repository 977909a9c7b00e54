using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Decoding;

/// <summary>Writes and reads objects whose members stand one by one.</summary>
public static class MemberText
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };

    /// <summary>Writes the members of an object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="form">How members are written.</param>
    public static string Write(JsonElement value, MemberForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return string.Join(form.Separator, value.EnumerateObject().Select(member => form.Open + member.Name + form.Shared + form.Rest(member.Value)));
    }

    /// <summary>Reads as many members as a text begins with.</summary>
    /// <param name="text">The text, UTF-8.</param>
    /// <param name="schema">The schema of the object: it says what a text without quotes stands for.</param>
    /// <param name="form">How members are written.</param>
    /// <returns>The object; <see langword="null"/> where a member is begun and not in the form.</returns>
    public static WrittenMembers? Read(ReadOnlyMemory<byte> text, CompiledSchema schema, MemberForm form)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(form);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, s_json);
        var places = ImmutableArray.CreateBuilder<MemberPlace>();
        var reader = new NotationReader(text);
        MemberKinds kinds = MemberKinds.Of(schema);
        json.WriteStartObject();
        while (TakeName(reader, kinds, form, isFirst: places.Count == 0) is { } name)
        {
            int start = reader.Position;
            json.WritePropertyName(name);
            if (places.Any(place => place.Name == name) || !TryTakeValue(reader, kinds.Of(name), form, json))
            {
                return null;
            }

            places.Add(new MemberPlace(name, start, reader.Position));
        }

        json.WriteEndObject();
        json.Flush();
        return new WrittenMembers(buffer.WrittenMemory, reader.Position, places.DrainToImmutable());
    }

    private static string? TakeName(NotationReader reader, MemberKinds kinds, MemberForm form, bool isFirst)
    {
        int start = reader.Position;
        if (reader.TryTake((isFirst ? "" : form.Separator) + form.Open))
        {
            int at = reader.Position;
            foreach (string name in kinds.Names)
            {
                reader.Position = at;
                if (reader.TryTake(name + form.Shared))
                {
                    return name;
                }
            }

            reader.Position = at;
            if (reader.TakeBareName() is { Length: > 0 } other && reader.TryTake(form.Shared))
            {
                return other;
            }
        }

        reader.Position = start;
        return null;
    }

    private static bool TryTakeValue(NotationReader reader, JsonKinds kinds, MemberForm form, Utf8JsonWriter json)
    {
        int start = reader.Position;
        foreach (JsonKinds kind in MemberKinds.All.Where(kind => kinds.HasFlag(kind)).OrderByDescending(kind => form.Of(kind).Middle.Length))
        {
            reader.Position = start;
            var buffer = new ArrayBufferWriter<byte>();
            using var value = new Utf8JsonWriter(buffer, s_json);
            if (TryTakeKind(reader, kind, form, value))
            {
                value.Flush();
                json.WriteRawValue(buffer.WrittenSpan);
                return true;
            }
        }

        return false;
    }

    private static bool TryTakeKind(NotationReader reader, JsonKinds kind, MemberForm form, Utf8JsonWriter json)
    {
        MemberValue way = form.Of(kind);
        if (!reader.TryTake(form.RestOf(way)))
        {
            return false;
        }

        if (kind != JsonKinds.String || !way.Notation.IsPlain)
        {
            return reader.TryTakeValue(kind, way.Notation, json) && reader.TryTake(way.Close);
        }

        bool isSection = way.Notation.HasSections && reader.TryTake(TextSection.Open);
        if (reader.TakeUntil(isSection ? TextSection.Close : way.Close) is not { } text || (isSection && !reader.TryTake(way.Close)))
        {
            return false;
        }

        json.WriteStringValue(text);
        return true;
    }
}

/// <summary>An object that was read.</summary>
/// <param name="Json">The object as JSON, UTF-8.</param>
/// <param name="Length">How many bytes of the text it was.</param>
/// <param name="Places">Where its members' values stood.</param>
public sealed record WrittenMembers(ReadOnlyMemory<byte> Json, int Length, ImmutableArray<MemberPlace> Places);

/// <summary>Where a member's value stood, with what opens and closes it.</summary>
/// <param name="Name">The member.</param>
/// <param name="Start">The first byte.</param>
/// <param name="End">The byte after the last.</param>
public readonly record struct MemberPlace(string Name, int Start, int End);
