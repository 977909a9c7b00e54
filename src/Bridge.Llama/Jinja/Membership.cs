namespace Bridge.Llama.Jinja;

/// <summary>What is in what.</summary>
internal static class Membership
{
    public static bool IsIn(TemplateValue value, TemplateValue container, RenderContext context)
    {
        switch (container)
        {
            case TextValue text when value is TextValue part:
                context.Budget.Text(text.Length);
                return text.Value.Contains(part.Value, StringComparison.Ordinal);
            case ListValue list:
                return list.All.Exists(item => ValueComparison.AreEqual(item, value, context.Budget));
            case MapValue map:
                return map.Get(value) is not null;
            case UndefinedValue:
                return false;
            default:
                throw new TemplateException($"Nothing of the kind of {value.Kind} is looked for in {container.Kind}.");
        }
    }
}
