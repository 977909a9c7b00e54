using System.Text.Json.Nodes;
using Bridge.Reading;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>A value that a slot could take.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Score">How much speaks for it by plain rules, 0 to about 1.5: one sign among those the model weighs.</param>
/// <param name="Start">Where in the text its evidence begins.</param>
/// <param name="End">Where it ends; the beginning when it stands on no words of its own.</param>
internal sealed record Option(Slot Slot, double Score, int Start, int End)
{
    private JsonNode? _value;

    /// <summary>Makes an option of a value that is no plain text.</summary>
    public Option(Slot slot, JsonNode value, double score, int start, int end)
        : this(slot, score, start, end) => _value = value;

    /// <summary>Makes an option of a text.</summary>
    public Option(Slot slot, string text, double score, int start, int end)
        : this(slot, score, start, end) => Text = text;

    /// <summary>Makes an option of a list of texts.</summary>
    public Option(Slot slot, string[] texts, double score, int start, int end)
        : this(slot, score, start, end) => Texts = texts;

    /// <summary>The value where it is a plain text; most options are never chosen, and make no JSON.</summary>
    public string? Text { get; }

    /// <summary>The value where it is a list of plain texts.</summary>
    public string[]? Texts { get; }

    /// <summary>The value; it belongs to this option alone.</summary>
    public JsonNode Value => _value ??= Texts is null ? JsonValue.Create(Text!) : new JsonArray([.. Texts.Select(text => JsonValue.Create(text))]);

    /// <summary>What tells the value from others, at the same place.</summary>
    public string Key => Text ?? Value.ToJsonString();

    /// <summary>Its place in the order in which arguments are meant.</summary>
    public int Order { get; init; } = Start;

    /// <summary>Whether other slots may use the same words: a keyword such as <c>celsius</c> can say two things.</summary>
    public bool Shares { get; init; }

    /// <summary>Whether its words ask for the tool as well as filling the slot: an enum value, a flag.</summary>
    public bool IsKeyword { get; init; }

    /// <summary>What its part of the text looks like; <see langword="null"/> for a run of words like any other.</summary>
    public CandidateKind? Kind { get; init; }

    /// <summary>How the value was made of its words.</summary>
    public ValueForm Form { get; init; }

    /// <summary>Who proposed it: the place of the source among all.</summary>
    public int Source { get; set; }

    /// <summary>Whether it stands in the text, and is not a declared default.</summary>
    public bool IsEvident => End > Start;

    /// <summary>Whether it stands within a part of the text.</summary>
    public bool IsIn(TextPart part) => IsEvident && Start >= part.Start && End <= part.End;

    /// <summary>Whether both cannot be arguments of one call: they would use the same words.</summary>
    public bool Excludes(Option other) => !Shares && !other.Shares && Start < other.End && other.Start < End;

    /// <summary>Whether a word of the text becomes part of the argument, and says nothing else.</summary>
    public bool Uses(Word word) => !Shares && !IsKeyword && Start < word.End && word.Start < End;
}
