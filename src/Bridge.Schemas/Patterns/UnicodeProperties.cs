namespace Bridge.Schemas.Patterns;

/// <summary>The sets behind <c>\p{…}</c>: all properties that ECMA-262 lists, by long and short name.</summary>
internal static class UnicodeProperties
{
    /// <summary>What may stand between the braces, for messages.</summary>
    public const string Allowed =
        "a general category such as 'L' or 'Uppercase_Letter', a binary property such as 'Alphabetic', or a script as in 'Script=Greek'";

    /// <summary>The set of a property, such as <c>L</c>, <c>gc=Letter</c> or <c>Script=Greek</c>; <see langword="null"/> when it is not known.</summary>
    public static CodePointSet? Find(string name)
    {
        UnicodeTable table = UnicodeTable.Instance;
        int equals = name.IndexOf('=', StringComparison.Ordinal);
        string value = name[(equals + 1)..];
        return equals < 0
            ? table.Find('g', name) ?? table.Find('b', name)
            : name[..equals] switch
            {
                "General_Category" or "gc" => table.Find('g', value),
                "Script" or "sc" => table.Find('s', value),
                "Script_Extensions" or "scx" => table.Find('x', value),
                _ => null,
            };
    }
}
