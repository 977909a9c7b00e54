namespace Bridge.Tools;

/// <summary>How a tool's result breaks its own word.</summary>
public enum ResultFlaw
{
    /// <summary>The tool declares a structured result and gave none.</summary>
    StructureMissing,

    /// <summary>The structured result does not fit the schema that the tool declares for it.</summary>
    StructureInvalid,

    /// <summary>The text and the structured result say different things.</summary>
    FormsDiffer,
}
