using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Llama.Bench;

/// <summary>A question, the tool that answers it, and the call that is right.</summary>
/// <param name="Question">What the user asks.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">The call's arguments, an object.</param>
public sealed record ReferenceCall(string Question, Tool Tool, JsonElement Arguments);
