namespace Bridge.Llama.Templates;

/// <summary>What texts have in common at their ends, tags kept whole: <c>&lt;think&gt;</c> and <c>&lt;tool_call&gt;</c> have nothing in common.</summary>
internal static class CommonText
{
    private const string Opens = "<[";
    private const string Closes = ">]";

    /// <summary>How many characters two texts begin with alike.</summary>
    public static int AtStart(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int length = left.CommonPrefixLength(right);
        int opened = left[..length].LastIndexOfAny(Opens);
        return opened >= 0 && left[opened..length].IndexOfAny(Closes) < 0 ? opened : length;
    }

    /// <summary>How many characters two texts end with alike.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other.</param>
    /// <param name="alike">Which characters count as alike beside equal ones.</param>
    public static int AtEnd(ReadOnlySpan<char> left, ReadOnlySpan<char> right, Func<char, char, bool> alike)
    {
        int length = 0;
        while (length < left.Length && length < right.Length && (left[^(length + 1)] == right[^(length + 1)] || alike(left[^(length + 1)], right[^(length + 1)])))
        {
            length++;
        }

        ReadOnlySpan<char> common = left[^length..];
        int closed = common.IndexOfAny(Closes);
        bool isWithin = length < left.Length && length < right.Length && closed >= 0 && common[..closed].IndexOfAny(Opens) < 0;
        return isWithin ? length - closed - 1 : length;
    }
}
