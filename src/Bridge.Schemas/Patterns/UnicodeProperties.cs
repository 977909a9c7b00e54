using System.Globalization;

namespace Bridge.Schemas.Patterns;

/// <summary>The sets behind <c>\p{…}</c>: general categories, by long and short name, and a few binary properties.</summary>
internal static class UnicodeProperties
{
    private static readonly Lazy<List<(int First, int Last)>[]> s_categories = new(ScanCategories);

    private static readonly Dictionary<string, string> s_longNames = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L", ["Uppercase_Letter"] = "Lu", ["Lowercase_Letter"] = "Ll", ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm", ["Other_Letter"] = "Lo", ["Mark"] = "M", ["Combining_Mark"] = "M", ["Nonspacing_Mark"] = "Mn",
        ["Spacing_Mark"] = "Mc", ["Enclosing_Mark"] = "Me", ["Number"] = "N", ["Decimal_Number"] = "Nd", ["digit"] = "Nd",
        ["Letter_Number"] = "Nl", ["Other_Number"] = "No", ["Punctuation"] = "P", ["punct"] = "P", ["Connector_Punctuation"] = "Pc",
        ["Dash_Punctuation"] = "Pd", ["Open_Punctuation"] = "Ps", ["Close_Punctuation"] = "Pe", ["Initial_Punctuation"] = "Pi",
        ["Final_Punctuation"] = "Pf", ["Other_Punctuation"] = "Po", ["Symbol"] = "S", ["Math_Symbol"] = "Sm", ["Currency_Symbol"] = "Sc",
        ["Modifier_Symbol"] = "Sk", ["Other_Symbol"] = "So", ["Separator"] = "Z", ["Space_Separator"] = "Zs", ["Line_Separator"] = "Zl",
        ["Paragraph_Separator"] = "Zp", ["Other"] = "C", ["Control"] = "Cc", ["cntrl"] = "Cc", ["Format"] = "Cf", ["Surrogate"] = "Cs",
        ["Private_Use"] = "Co", ["Unassigned"] = "Cn",
        ["Alphabetic"] = "L", ["Alpha"] = "L", ["Uppercase"] = "Lu", ["Lowercase"] = "Ll",
    };

    // In the order of UnicodeCategory.
    private static readonly string[] s_shortNames =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe",
        "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    /// <summary>The set of a property, such as <c>L</c>, <c>Letter</c> or <c>gc=Letter</c>; <see langword="null"/> when it is not known.</summary>
    public static CodePointSet? Find(string name)
    {
        string[] parts = name.Split('=');
        if (parts.Length == 2 && parts[0] is "gc" or "General_Category")
        {
            name = parts[1];
        }

        switch (name)
        {
            case "Any":
                return CodePointSet.All;
            case "ASCII":
                return CodePointSet.Of((0, 0x7F));
            case "White_Space":
                return CodePointSet.Space;
        }

        string shortName = s_longNames.GetValueOrDefault(name, name);
        var ranges = new List<(int First, int Last)>();
        for (int category = 0; category < s_shortNames.Length; category++)
        {
            if (shortName.Length is 1 or 2 && s_shortNames[category].StartsWith(shortName, StringComparison.Ordinal))
            {
                ranges.AddRange(s_categories.Value[category]);
            }
        }

        return ranges.Count == 0 ? null : CodePointSet.Of(ranges);
    }

    private static List<(int First, int Last)>[] ScanCategories()
    {
        var categories = new List<(int First, int Last)>[s_shortNames.Length];
        for (int category = 0; category < categories.Length; category++)
        {
            categories[category] = [];
        }

        for (int codePoint = 0; codePoint <= CodePointSet.Max; codePoint++)
        {
            List<(int First, int Last)> ranges = categories[(int)CharUnicodeInfo.GetUnicodeCategory(codePoint)];
            if (ranges.Count > 0 && ranges[^1].Last == codePoint - 1)
            {
                ranges[^1] = (ranges[^1].First, codePoint);
            }
            else
            {
                ranges.Add((codePoint, codePoint));
            }
        }

        return categories;
    }
}
