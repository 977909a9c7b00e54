using System.Text.Json;
using Bridge.Llama.Templates;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Decoding;

/// <summary>Writes a call as its body would be decoded.</summary>
internal static class DraftBody
{
    /// <summary>Writes the first call of an answer.</summary>
    /// <param name="program">The tools and their form.</param>
    /// <param name="name">The tool's name.</param>
    /// <param name="arguments">The arguments, an object.</param>
    /// <returns>The body; <see langword="null"/> when there is no such tool.</returns>
    public static string? Write(CallProgram program, string name, JsonElement arguments)
    {
        if (program.Tools.FirstOrDefault(tool => tool.Name == name) is not { } tool)
        {
            return null;
        }

        string json = DraftJson.Write(arguments, tool.Schema.Source, program.Form.Style);
        return string.Concat(program.Form.Call.Select(piece => piece switch
        {
            CallPiece.Arguments => json,
            CallPiece.Members members => MemberText.Write(JsonElement.Parse(json), members.Form),
            _ => CallForm.TextOf(piece, name, number: 0, earlierCalls: 0),
        }));
    }
}
