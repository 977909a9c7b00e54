using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bridge.Evaluation.Originals;

/// <summary>A conversation that is written as one text: lines that begin with <c>user:</c>, and with <c>system:</c> for what the assistant said.</summary>
internal static partial class AceQuestion
{
    /// <summary>The messages.</summary>
    /// <param name="question">The text; all of it is the user's where no line names a speaker.</param>
    /// <param name="time">What day it is; <see langword="null"/> where nothing says so.</param>
    /// <param name="profile">What is known of the user; <see langword="null"/> for nothing.</param>
    public static JsonArray Messages(string question, string? time, string? profile)
    {
        var messages = new JsonArray();
        string[] known = [.. new[] { time, string.IsNullOrWhiteSpace(profile) ? null : $"The user's profile: {profile}" }.OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text))];
        if (known.Length > 0)
        {
            messages.Add(Message("system", string.Join('\n', known)));
        }

        Match[] turns = [.. Speaker().Matches(question).Cast<Match>()];
        if (turns.Length == 0 || turns[0].Index > 0)
        {
            messages.Add(Message("user", turns.Length == 0 ? question : question[..turns[0].Index]));
        }

        for (int i = 0; i < turns.Length; i++)
        {
            int end = i + 1 < turns.Length ? turns[i + 1].Index : question.Length;
            messages.Add(Message(turns[i].Groups[1].Value == "user" ? "user" : "assistant", question[(turns[i].Index + turns[i].Length)..end]));
        }

        return messages;
    }

    private static JsonObject Message(string role, string text) => new() { ["role"] = role, ["content"] = text.Trim() };

    [GeneratedRegex(@"^(user|system|assistant):", RegexOptions.Multiline)]
    private static partial Regex Speaker();
}
