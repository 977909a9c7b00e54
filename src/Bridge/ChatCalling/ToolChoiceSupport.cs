namespace Bridge.ChatCalling;

/// <summary>How a chat client honours a tool choice that leaves the model no freedom.</summary>
public enum ToolChoiceSupport
{
    /// <summary>By its own tool mode.</summary>
    Native,

    /// <summary>Not by its tool mode, but it decodes under a JSON schema: such requests are made in that form.</summary>
    ResponseSchema,

    /// <summary>Not at all: such requests are refused.</summary>
    None,
}
