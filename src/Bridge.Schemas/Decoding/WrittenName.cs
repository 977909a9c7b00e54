using System.Text.Json;

namespace Bridge.Schemas.Decoding;

/// <summary>The bytes of a member's name so far, newest first.</summary>
internal sealed record WrittenName(byte Value, WrittenName? Before)
{
    private readonly int _length = (Before?._length ?? 0) + 1;

    /// <summary>The name; its bytes must be complete.</summary>
    public static string ToText(WrittenName? name)
    {
        byte[] bytes = new byte[(name?._length ?? 0) + 2];
        bytes[0] = bytes[^1] = (byte)'"';
        for (int at = bytes.Length - 2; name is not null; name = name.Before)
        {
            bytes[at--] = name.Value;
        }

        return JsonElement.Parse(bytes).GetString()!;
    }

    /// <summary>The length in bytes.</summary>
    public static int LengthOf(WrittenName? name) => name?._length ?? 0;
}
