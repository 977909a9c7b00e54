using System.Globalization;

namespace Bridge.Llama.Gguf;

/// <summary>Sizes for people.</summary>
public static class ByteSize
{
    private static readonly string[] s_units = ["KiB", "MiB", "GiB", "TiB"];

    /// <summary>Says a size with one decimal: <c>1.3 GiB</c>.</summary>
    /// <param name="bytes">The bytes.</param>
    public static string Text(long bytes)
    {
        if (bytes < 1024)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");
        }

        double size = bytes / 1024.0;
        int unit = 0;
        while (size >= 1024 && unit < s_units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.0} {s_units[unit]}");
    }
}
