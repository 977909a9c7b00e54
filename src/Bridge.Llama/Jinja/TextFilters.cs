namespace Bridge.Llama.Jinja;

/// <summary>The filters of texts. Other values are taken as text first, as <c>str()</c> gives them.</summary>
internal static class TextFilters
{
    public static IReadOnlyDictionary<string, NativeMethod> All { get; } = new Dictionary<string, NativeMethod>
    {
        ["upper"] = On((text, _, _) => TextCase.Upper(text)),
        ["lower"] = On((text, _, _) => TextCase.Lower(text)),
        ["title"] = On((text, _, _) => TextCase.Title(text)),
        ["capitalize"] = On((text, _, _) => TextCase.Capitalize(text)),
        ["trim"] = On((text, arguments, _) => TextTrim.Both(text, arguments.TextOrNone(0, "chars"))),
        ["replace"] = On(TextMethods.Replace),
        ["format"] = On(TextFormat.Percent),
        ["indent"] = On(Indent),
        ["escape"] = On(Escape),
        ["e"] = On(Escape),
        ["string"] = On((text, _, _) => text),
        ["safe"] = (value, _, _) => value,
        ["wordcount"] = On((text, _, context) => IntegerValue.Of(TextSplit.FromStart(text, GivenArguments.None, context).All.Count)),
    };

    private delegate TemplateValue TextFilter(TextValue text, GivenArguments arguments, RenderContext context);

    private static NativeMethod On(TextFilter filter) => (value, arguments, context) =>
    {
        TextValue text = PythonText.Of(value, context);
        context.Budget.Text(text.Length);
        return filter(text, arguments, context);
    };

    private static TextValue Indent(TextValue text, GivenArguments arguments, RenderContext context)
    {
        TextValue indent = arguments.Find(0, "width") switch
        {
            null => TextValue.Own("    "),
            IntegerValue { Value: >= 0 and <= 256 } width => TextValue.Own(new string(' ', (int)width.Value)),
            TextValue given => given,
            _ => throw new TemplateException("The argument 'width' of 'indent' must be an integer from 0 to 256 or a text."),
        };
        bool first = arguments.IsTrue(1, "first");
        bool blank = arguments.IsTrue(2, "blank");
        var builder = new TextBuilder(context.Budget);
        for (int at = 0; at <= text.Length;)
        {
            int end = text.Value.IndexOf('\n', at);
            int next = end < 0 ? text.Length + 1 : end + 1;
            bool isBlank = (end < 0 ? text.Length : end) == at;
            if (at == 0 ? first : blank || !isBlank)
            {
                builder.Append(indent);
            }

            builder.Append(text, at, Math.Min(next, text.Length) - at);
            at = next;
        }

        return builder.ToText();
    }

    private static TextValue Escape(TextValue text, GivenArguments arguments, RenderContext context)
    {
        var builder = new TextBuilder(context.Budget);
        for (int at = 0; at < text.Length; at++)
        {
            string? entity = text.Value[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&#34;",
                '\'' => "&#39;",
                _ => null,
            };
            _ = entity is null ? builder.Append(text, at, 1) : builder.Append(entity, text.OriginAt(at));
        }

        return builder.ToText();
    }
}
