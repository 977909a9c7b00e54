using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bridge.Llama.Jinja;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Templates;

/// <summary>The form in which a model writes calls: what it was trained to write, and what is decoded.</summary>
internal sealed record CallForm
{
    /// <summary>What the form is, for people: <c>the template's own</c>, or the form that stands in for one that is no JSON.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the template itself writes calls this way.</summary>
    public bool IsOwn { get; init; }

    /// <summary>What stands before the first call.</summary>
    public string Opening { get; init; } = "";

    /// <summary>One call.</summary>
    public required ImmutableArray<CallPiece> Call { get; init; }

    /// <summary>What stands between two calls; <see langword="null"/> where an answer holds one call.</summary>
    public string? Separator { get; init; }

    /// <summary>What stands after the last call.</summary>
    public string Closing { get; init; } = "";

    /// <summary>How the JSON of arguments is set.</summary>
    public JsonStyle Style { get; init; } = JsonStyle.Spaced;

    /// <summary>The id of a call of a conversation, in a form that every template takes.</summary>
    /// <param name="number">Which call of the conversation it is, from 1.</param>
    public static string IdOf(int number) => "call" + number.ToString("D5", CultureInfo.InvariantCulture);

    /// <summary>One call, without what stands around it.</summary>
    /// <param name="tools">The tools that may be called, at least one.</param>
    /// <param name="number">Which call of the answer it is, from 0.</param>
    public DecodingPart CallOf(IEnumerable<TemplateTool> tools, int number) =>
        new DecodingPart.Choice([.. tools.Select(tool => PartOf(tool, number))]);

    /// <summary>Reads what was decoded.</summary>
    /// <param name="text">The text, from the opening on.</param>
    /// <param name="tools">The tools that may be called.</param>
    /// <param name="first">Which call of the answer the first is, from 0.</param>
    /// <returns>The calls; <see langword="null"/> where the text is not in the form.</returns>
    public IReadOnlyList<FormCall>? Read(string text, IEnumerable<TemplateTool> tools, int first = 0) => new CallReader(this, text, tools).Read(first);

    /// <summary>Writes calls of an earlier answer, for templates that do not.</summary>
    public TextValue Write(IReadOnlyList<(string Name, TextValue Arguments)> calls, int earlierCalls, RenderContext context)
    {
        var text = new TextBuilder(context.Budget).Append(Opening, TextOrigin.Template);
        for (int number = 0; number < calls.Count; number++)
        {
            text.Append(number > 0 ? Separator ?? "\n" : "", TextOrigin.Template);
            foreach (CallPiece piece in Call)
            {
                _ = piece is CallPiece.Arguments ? text.Append(calls[number].Arguments)
                    : piece is CallPiece.Members members ? text.Append(WriteMembers(calls[number].Arguments, members.Form))
                    : text.Append(TextOf(piece, calls[number].Name, number, earlierCalls), piece is CallPiece.ToolName ? TextOrigin.Data : TextOrigin.Template);
            }
        }

        return text.Append(Closing, TextOrigin.Template).ToText();
    }

    /// <summary>The text of a piece other than arguments.</summary>
    public static string TextOf(CallPiece piece, string name, int number, int earlierCalls) => piece switch
    {
        CallPiece.Literal literal => literal.Text,
        CallPiece.ToolName => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(name), // most forms have it in quotes
        CallPiece.Id => IdOf(earlierCalls + number + 1),
        CallPiece.Number count => (count.First + number).ToString(CultureInfo.InvariantCulture),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The fixed texts of a call: what a vocabulary may have tokens of its own for.</summary>
    public IEnumerable<string> FixedTexts() => Call.SelectMany(piece => piece switch
    {
        CallPiece.Literal literal => [literal.Text],
        CallPiece.Members members => members.Form.FixedTexts,
        _ => (IEnumerable<string>)[],
    });

    /// <summary>The form with marks for what differs from call to call.</summary>
    public override string ToString() => Opening + string.Concat(Call.Select(piece => piece switch
    {
        CallPiece.Literal literal => literal.Text,
        CallPiece.Number count => $"«{count.First}»",
        CallPiece.Members members => members.Form.ToString(),
        _ => $"«{piece.GetType().Name}»",
    })) + (Separator is null ? "" : $"«{Separator}»") + Closing;

    private static TextValue WriteMembers(TextValue arguments, MemberForm form)
    {
        try
        {
            return TextValue.Data(MemberText.Write(JsonElement.Parse(arguments.Value), form));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return arguments; // what is no object stays as it is
        }
    }

    private DecodingPart.Sequence PartOf(TemplateTool tool, int number) => new([.. Call.Select(piece => (DecodingPart)(piece switch
    {
        CallPiece.Arguments => new DecodingPart.Json(tool.Schema),
        CallPiece.Members members => new DecodingPart.Members(tool.Schema, members.Form),
        _ => new DecodingPart.Text(TextOf(piece, tool.Name, number, earlierCalls: 0)),
    }))]);
}
