using System.Text;
using System.Text.Json;

namespace Bridge.Schemas.Json;

/// <summary>A value of a text that was read; it means something as long as its tape does.</summary>
/// <param name="tape">What was read.</param>
/// <param name="index">The value's token.</param>
internal readonly struct JsonValue(JsonTape tape, int index)
{
    /// <summary>The type.</summary>
    public JsonValueKind Kind => tape[index].Kind;

    /// <summary>How many members or items it has.</summary>
    public int Count => tape[index].Count;

    /// <summary>How many values and names it consists of, itself included.</summary>
    public int Size => tape[index].Next - index;

    /// <summary>A string's characters in UTF-8, without quotes and escapes; any other value as written.</summary>
    public ReadOnlySpan<byte> Text => tape.TextOf(index);

    /// <summary>Whether it is a number without fraction and exponent.</summary>
    public bool IsPlainInteger => tape[index].IsPlainInteger;

    /// <summary>Reads a number that is plain and of so few digits that a <see cref="long"/> holds it.</summary>
    public bool TryGetSmallInteger(out long value)
    {
        ref readonly JsonToken token = ref tape[index];
        value = 0;
        if (!token.IsPlainInteger || token.Length > ExactNumber.SmallDigits)
        {
            return false;
        }

        ReadOnlySpan<byte> text = tape.TextOf(index);
        bool isNegative = text[0] == '-';
        for (int i = isNegative ? 1 : 0; i < text.Length; i++)
        {
            value = (value * 10) + (text[i] - '0');
        }

        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>Its items, if it is an array.</summary>
    public JsonItems Items => new(tape, index);

    /// <summary>Its members, if it is an object.</summary>
    public JsonMembers Members => new(tape, index);

    /// <summary>Finds a member, the last of that name; <see langword="null"/> when there is none.</summary>
    public JsonValue? Find(ReadOnlySpan<byte> name)
    {
        JsonValue? found = null;
        foreach (JsonMember member in Members)
        {
            if (member.NameUtf8.SequenceEqual(name))
            {
                found = member.Value;
            }
        }

        return found;
    }

    /// <summary>The text as a string.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Text);
}

/// <summary>A member of an object.</summary>
/// <param name="tape">What was read.</param>
/// <param name="index">The token of its name.</param>
internal readonly struct JsonMember(JsonTape tape, int index)
{
    /// <summary>The token of the name.</summary>
    public int Index => index;

    /// <summary>The name in UTF-8, without escapes.</summary>
    public ReadOnlySpan<byte> NameUtf8 => tape.TextOf(index);

    /// <summary>The name, as a value of its own.</summary>
    public JsonValue NameValue => new(tape, index);

    /// <summary>The name.</summary>
    public string Name => NameValue.ToString();

    /// <summary>The value.</summary>
    public JsonValue Value => new(tape, index + 1);
}

/// <summary>Goes through the items of an array.</summary>
/// <param name="tape">What was read.</param>
/// <param name="array">The array's token.</param>
internal struct JsonItems(JsonTape tape, int array)
{
    private readonly int _end = tape[array].Next;
    private int _index;

    /// <summary>The item.</summary>
    public readonly JsonValue Current => new(tape, _index);

    /// <summary>The items themselves.</summary>
    public readonly JsonItems GetEnumerator() => this;

    /// <summary>Goes to the next item.</summary>
    public bool MoveNext()
    {
        _index = _index == 0 ? array + 1 : tape[_index].Next;
        return _index < _end;
    }
}

/// <summary>Goes through the members of an object.</summary>
/// <param name="tape">What was read.</param>
/// <param name="owner">The object's token.</param>
internal struct JsonMembers(JsonTape tape, int owner)
{
    private readonly int _end = tape[owner].Next;
    private int _index;

    /// <summary>The member.</summary>
    public readonly JsonMember Current => new(tape, _index);

    /// <summary>The members themselves.</summary>
    public readonly JsonMembers GetEnumerator() => this;

    /// <summary>Goes to the next member.</summary>
    public bool MoveNext()
    {
        _index = _index == 0 ? owner + 1 : tape[_index + 1].Next;
        return _index < _end;
    }
}
