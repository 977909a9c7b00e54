using Bridge.Storage;

namespace Bridge.Traffic;

/// <summary>Where kept prompts are: <c>traffic/traffic-YYYYMMDD-N.jsonl</c> in the data folder.</summary>
internal static class TrafficSegments
{
    public static SegmentNames Names { get; } = new("traffic");

    /// <summary>Deletes the oldest segments until there is room; one that another process holds open where that forbids it stays.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="opened">The segment that was begun just now, which stays.</param>
    /// <param name="most">The bytes that all segments may take.</param>
    /// <returns>How many are gone.</returns>
    public static int MakeRoom(DataFolder folder, string opened, long most)
    {
        FileInfo[] segments = [.. Names.InOrder(folder.Folder(Names.Kind), DateOnly.MinValue).Select(path => new FileInfo(path))];
        long sum = segments.Sum(segment => segment.Length);
        int gone = 0;
        foreach (FileInfo segment in segments.TakeWhile(_ => sum > most).Where(segment => segment.Name != opened))
        {
            try
            {
                long length = segment.Length;
                segment.Delete();
                sum -= length;
                gone++;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It is written at this moment; the next segment tries again.
            }
        }

        return gone;
    }
}
