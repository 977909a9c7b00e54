using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Bridge.Llama.Native;

/// <summary>What the library says while it works: kept for the message of the error that follows, never written to a console.</summary>
internal static unsafe class NativeLog
{
    private const int Warning = 3;
    private const int Error = 4;
    private const int Continued = 5;
    private const int Kept = 32;

    private static readonly Lock s_lock = new();
    private static readonly Queue<string> s_lines = new();
    private static readonly StringBuilder s_line = new();
    private static int s_level;

    /// <summary>Called for each whole line of level warning or error.</summary>
    public static Action<string>? Warned { get; set; }

    /// <summary>Takes what the library says from now on.</summary>
    public static void Attach() => LlamaApi.SetLog(&Take, 0);

    /// <summary>Forgets what was said.</summary>
    public static void Clear()
    {
        lock (s_lock)
        {
            s_lines.Clear();
        }
    }

    /// <summary>The warnings and errors since <see cref="Clear"/>, the last of them first; empty when there were none.</summary>
    public static string Complaints()
    {
        lock (s_lock)
        {
            return string.Join("; ", s_lines.Reverse().Take(3));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Take(int level, byte* text, nint data)
    {
        string piece = Marshal.PtrToStringUTF8((nint)text) ?? "";
        lock (s_lock)
        {
            s_level = level == Continued ? s_level : level;
            if (s_level is not (Warning or Error))
            {
                return;
            }

            s_line.Append(piece);
            if (piece.EndsWith('\n'))
            {
                EndLine();
            }
        }
    }

    private static void EndLine()
    {
        string line = s_line.ToString().Trim();
        s_line.Clear();
        if (line.Length == 0)
        {
            return;
        }

        s_lines.Enqueue(line);
        if (s_lines.Count > Kept)
        {
            s_lines.Dequeue();
        }

        Warned?.Invoke(line);
    }
}
