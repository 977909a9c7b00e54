namespace Bridge.Llama.Jinja;

/// <summary>Puts the items of a list together.</summary>
internal static class TextJoin
{
    public static TextValue Join(TextValue separator, TemplateValue? list, RenderContext context)
    {
        IReadOnlyList<TemplateValue> items = list?.Items(context)
            ?? throw new TemplateException($"There are no items to join in {list?.Kind ?? "nothing"}.");
        var builder = new TextBuilder(context.Budget);
        for (int at = 0; at < items.Count; at++)
        {
            if (at > 0)
            {
                builder.Append(separator);
            }

            builder.Append(PythonText.Of(items[at], context));
        }

        return builder.ToText();
    }
}
