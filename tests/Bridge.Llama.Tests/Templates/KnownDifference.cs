namespace Bridge.Llama.Tests.Templates;

/// <summary>A template that others render differently, and why.</summary>
/// <param name="Template">The template's file.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Conversations">The conversations in which it is so; all of them where none is named.</param>
internal sealed record KnownDifference(string Template, string Reason, params IReadOnlyList<string> Conversations)
{
    public IEnumerable<string> Names =>
        (Conversations.Count > 0 ? Conversations : PublishedConversations.All.Select(conversation => conversation.Key))
        .Select(conversation => $"{Template}: {conversation}");
}
