namespace Bridge.Evaluation.Originals;

/// <summary>The forms of benchmarks that are read as they are published.</summary>
internal static class RecordForms
{
    private static readonly IRecordForm[] s_all = [new AceBench(), new MetaToolChoices(), new MetaToolSeveral(), new LiveMcpBench()];

    /// <summary>The forms, for messages.</summary>
    public static string Names { get; } = string.Join("; ", s_all.Select(form => form.Name));

    /// <summary>The form of a file; <see langword="null"/> where it is none of these.</summary>
    public static IRecordForm? Of(FileHead head) => s_all.FirstOrDefault(form => form.Matches(head));
}
