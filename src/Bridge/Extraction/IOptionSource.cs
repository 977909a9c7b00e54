using Bridge.Reading;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Proposes values for the slots of one kind. Thread-safe.</summary>
internal interface IOptionSource
{
    /// <summary>Proposes values for a slot.</summary>
    /// <param name="reading">The text and its candidates.</param>
    /// <param name="card">The tool.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="options">Receives the options.</param>
    void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options);
}
