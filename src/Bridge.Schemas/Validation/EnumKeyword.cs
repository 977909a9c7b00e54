using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary><c>enum</c>, and <c>const</c> as an enum of one.</summary>
internal sealed class EnumKeyword : Keyword
{
    private const int FewValues = 16;
    private const int Shown = 20;
    private readonly bool _isConst;
    private readonly Utf8Names _strings;

    /// <summary>The values that are no strings; many are found by what <see cref="JsonEquality.Hash"/> says of them.</summary>
    private readonly JsonValue[] _others;
    private readonly int[]? _hashes;

    public EnumKeyword(ImmutableArray<JsonElement> values, bool isConst)
    {
        Values = values;
        _isConst = isConst;
        JsonValue[] read = Read(values);
        _strings = new Utf8Names(read.Where(value => value.Kind == JsonValueKind.String).Select(value => value.Text.ToArray()));
        _others = [.. read.Where(value => value.Kind != JsonValueKind.String)];
        if (_others.Length > FewValues)
        {
            _hashes = Array.ConvertAll(_others, JsonEquality.Hash);
            Array.Sort(_hashes, _others);
        }
    }

    /// <summary>The values that are allowed.</summary>
    public ImmutableArray<JsonElement> Values { get; }

    public override bool Check(JsonValue instance, Evaluation run)
    {
        if (instance.Kind == JsonValueKind.String ? _strings.Find(instance.Text) >= 0 : AllowsOther(instance, run))
        {
            return true;
        }

        if (run.Collects)
        {
            string keyword = _isConst ? "const" : "enum";
            string rest = Values.Length > Shown ? $" and {Values.Length - Shown} more" : "";
            string allowed = string.Join(", ", Values.Take(Shown).Select(JsonText.Describe)) + rest;
            string names = string.Join(", ", Values.Take(Shown).Select(Bare)) + rest;
            string oneOf = Values.Length == 1 ? "" : "one of ";
            run.Report(
                keyword, $"must be {oneOf}{allowed}, but it is {JsonText.Describe(instance)}",
                $"must be {oneOf}{names}; got {JsonText.Compact(instance)}");
        }

        return false;
    }

    private static JsonValue[] Read(ImmutableArray<JsonElement> values)
    {
        var list = new ArrayBufferWriter<byte>();
        list.Write(values.IsEmpty ? "["u8 : default);
        foreach (JsonElement value in values)
        {
            list.Write(list.WrittenCount == 0 ? "["u8 : ","u8);
            list.Write(JsonMarshal.GetRawUtf8Value(value));
        }

        list.Write("]"u8);
        var read = new List<JsonValue>(values.Length);
        foreach (JsonValue value in JsonTape.ToKeep(list.WrittenSpan).Root.Items)
        {
            read.Add(value);
        }

        return [.. read];
    }

    private static string Bare(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? JsonText.Cap(value.GetString()!) : JsonText.Compact(value);

    private bool AllowsOther(JsonValue instance, Evaluation run)
    {
        int first = 0;
        int hash = 0;
        if (_hashes is not null)
        {
            run.Spend(JsonEquality.HashSteps(instance));
            hash = JsonEquality.Hash(instance);
            first = Array.BinarySearch(_hashes, hash);
            while (first > 0 && _hashes[first - 1] == hash)
            {
                first--;
            }
        }

        for (int i = first; i >= 0 && i < _others.Length && (_hashes is null || _hashes[i] == hash); i++)
        {
            if (run.AreEqual(_others[i], instance))
            {
                return true;
            }
        }

        return false;
    }
}
