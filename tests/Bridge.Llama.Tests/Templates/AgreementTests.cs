using System.Text.Json;
using Bridge.Llama.Jinja;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Templates;

/// <summary>Published templates are rendered byte by byte as others render them.</summary>
public class AgreementTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Render_OfPublishedTemplates_EqualsHuggingFaceJinja()
    {
        string[] templates = [.. PublishedTemplates.All.Select(file => File.ReadAllText(file.FullName))];
        JsonElement[] conversations = [.. PublishedConversations.All.Select(conversation => conversation.Value)];
        IReadOnlyList<Rendering[]> reference = await ReferenceTemplates.NodeAsync(templates, conversations, TestContext.Current.CancellationToken);

        int equal = Compare(templates, reference, KnownDifferences.FromHuggingFace);

        templates.Should().HaveCount(70);
        equal.Should().BeGreaterThanOrEqualTo(60);
    }

    [Fact]
    public async Task Render_OfPublishedTemplates_EqualsPython()
    {
        string[] templates = [.. PublishedTemplates.All.Select(file => File.ReadAllText(file.FullName))];
        JsonElement[] conversations = [.. PublishedConversations.All.Select(conversation => conversation.Value)];
        IReadOnlyList<Rendering[]> reference = await ReferenceTemplates.PythonAsync(templates, conversations, TestContext.Current.CancellationToken);

        int equal = Compare(templates, reference, KnownDifferences.FromPython);

        equal.Should().BeGreaterThanOrEqualTo(60);
    }

    // The differences are the known ones: neither more nor fewer.
    private int Compare(string[] templates, IReadOnlyList<Rendering[]> reference, IReadOnlyList<KnownDifference> known)
    {
        var found = new List<string>();
        int equal = 0;
        for (int at = 0; at < templates.Length; at++)
        {
            string file = PublishedTemplates.All[at].Name;
            bool isEqual = reference[at].Any(rendering => rendering.Text is not null);
            for (int place = 0; place < reference[at].Length; place++)
            {
                (string conversation, JsonElement variables) = PublishedConversations.All[place];
                Rendering theirs = reference[at][place];
                Rendering ours = Render(templates[at], variables);
                if (Difference(ours, theirs) is { } difference)
                {
                    isEqual &= theirs.Text is null;
                    found.Add($"{file}: {conversation}");
                    output.WriteLine($"{file}: {conversation}: {difference}");
                }
            }

            equal += isEqual ? 1 : 0;
        }

        int conversations = PublishedConversations.All.Count;
        output.WriteLine($"{equal} of {templates.Length} templates equal in every conversation that the reference renders, "
            + $"{templates.Length - known.Select(difference => difference.Template).Distinct().Count()} of them in all {conversations}; "
            + $"{found.Count} of {templates.Length * conversations} renderings differ or are refused by one only.");
        found.Should().BeEquivalentTo(known.SelectMany(difference => difference.Names));
        return equal;
    }

    private static Rendering Render(string template, JsonElement variables)
    {
        try
        {
            var values = variables.EnumerateObject().Select(variable => KeyValuePair.Create(variable.Name, DataValues.Of(variable.Value)));
            return new Rendering(JinjaTemplate.Parse(template).Render(values, PublishedConversations.Now, TestContext.Current.CancellationToken).Value, null);
        }
        catch (TemplateException error)
        {
            return new Rendering(null, error.Message);
        }
    }

    private static string? Difference(Rendering ours, Rendering reference)
    {
        if (ours.Text is null || reference.Text is null)
        {
            return ours.Text is null == reference.Text is null ? null : $"ours {ours.Error ?? "renders"} | reference {reference.Error ?? "renders"}";
        }

        if (ours.Text == reference.Text)
        {
            return null;
        }

        int at = ours.Text.Zip(reference.Text).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"ours '{Around(ours.Text, at)}' | reference '{Around(reference.Text, at)}'";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 20)..Math.Min(text.Length, at + 40)].ReplaceLineEndings("\\n");
}
