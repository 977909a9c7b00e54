using System.Collections.Frozen;

namespace Bridge.Llama.Jinja;

/// <summary>The methods of texts.</summary>
internal static class TextMethods
{
    private static readonly FrozenDictionary<string, NativeMethod> s_methods = new Dictionary<string, NativeMethod>
    {
        ["upper"] = On((text, _, _) => TextCase.Upper(text)),
        ["lower"] = On((text, _, _) => TextCase.Lower(text)),
        ["title"] = On((text, _, _) => TextCase.Title(text)),
        ["capitalize"] = On((text, _, _) => TextCase.Capitalize(text)),
        ["strip"] = On((text, arguments, _) => TextTrim.Both(text, arguments.TextOrNone(0, "chars"))),
        ["lstrip"] = On((text, arguments, _) => TextTrim.Start(text, arguments.TextOrNone(0, "chars"))),
        ["rstrip"] = On((text, arguments, _) => TextTrim.End(text, arguments.TextOrNone(0, "chars"))),
        ["removeprefix"] = On((text, arguments, _) => TextTrim.Prefix(text, arguments.Text(0, "prefix").Value)),
        ["removesuffix"] = On((text, arguments, _) => TextTrim.Suffix(text, arguments.Text(0, "suffix").Value)),
        ["startswith"] = On((text, arguments, _) => BooleanValue.Of(AnyOf(arguments, "prefix", text.Value.StartsWith))),
        ["endswith"] = On((text, arguments, _) => BooleanValue.Of(AnyOf(arguments, "suffix", text.Value.EndsWith))),
        ["split"] = On((text, arguments, context) => TextSplit.FromStart(text, arguments, context)),
        ["rsplit"] = On((text, arguments, context) => TextSplit.FromEnd(text, arguments, context)),
        ["splitlines"] = On((text, arguments, context) => TextSplit.Lines(text, arguments.IsTrue(0, "keepends"), context)),
        ["partition"] = On((text, arguments, _) => TextSplit.Partition(text, arguments.Text(0, "sep").Value, last: false)),
        ["rpartition"] = On((text, arguments, _) => TextSplit.Partition(text, arguments.Text(0, "sep").Value, last: true)),
        ["replace"] = On(Replace),
        ["join"] = On((text, arguments, context) => TextJoin.Join(text, arguments.Find(0, "iterable"), context)),
        ["format"] = On((text, arguments, context) => TextFormat.Braces(text, arguments, context)),
        ["find"] = On((text, arguments, _) => IndexIn(text, text.Value.IndexOf(arguments.Text(0, "sub").Value, StringComparison.Ordinal))),
        ["rfind"] = On((text, arguments, _) => IndexIn(text, text.Value.LastIndexOf(arguments.Text(0, "sub").Value, StringComparison.Ordinal))),
        ["count"] = On(Count),
        ["isdigit"] = On((text, _, _) => BooleanValue.Of(All(text, char.IsDigit))),
        ["isnumeric"] = On((text, _, _) => BooleanValue.Of(All(text, char.IsNumber))),
        ["isalpha"] = On((text, _, _) => BooleanValue.Of(All(text, char.IsLetter))),
        ["isalnum"] = On((text, _, _) => BooleanValue.Of(All(text, char.IsLetterOrDigit))),
        ["isspace"] = On((text, _, _) => BooleanValue.Of(All(text, TextTrim.IsSpace))),
        ["isupper"] = On((text, _, _) => BooleanValue.Of(TextCase.IsUpper(text.Value))),
        ["islower"] = On((text, _, _) => BooleanValue.Of(TextCase.IsLower(text.Value))),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private delegate TemplateValue TextMethod(TextValue text, GivenArguments arguments, RenderContext context);

    /// <summary>The method of a name; <see langword="null"/> where there is none.</summary>
    public static NativeMethod? Find(string name) => s_methods.GetValueOrDefault(name);

    /// <summary>Replaces a piece of text wherever it stands; the filter and the method are the same.</summary>
    public static TextValue Replace(TextValue text, GivenArguments arguments, RenderContext context)
    {
        string old = arguments.Text(0, "old").Value;
        TextValue with = arguments.Text(1, "new");
        long most = arguments.IntegerOrNone(2, "count") is { } count and >= 0 ? count : long.MaxValue;
        var builder = new TextBuilder(context.Budget);
        int at = 0;
        for (; most > 0 && at <= text.Length; most--)
        {
            int found = text.Value.IndexOf(old, at, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            builder.Append(text, at, found - at).Append(with);
            context.Budget.Step();
            at = found + old.Length;
            if (old.Length == 0)
            {
                builder.Append(text, at, Math.Min(1, text.Length - at)); // before every character, and at the end
                at++;
            }
        }

        return builder.Append(text, Math.Min(at, text.Length), Math.Max(0, text.Length - at)).ToText();
    }

    private static NativeMethod On(TextMethod method) => (value, arguments, context) =>
    {
        var text = (TextValue)value;
        context.Budget.Text(text.Length);
        return method(text, arguments, context);
    };

    private static bool AnyOf(GivenArguments arguments, string name, Func<string, StringComparison, bool> isSo) => arguments.Find(0, name) switch
    {
        TextValue text => isSo(text.Value, StringComparison.Ordinal),
        ListValue list => list.All.Any(item => item is TextValue text && isSo(text.Value, StringComparison.Ordinal)),
        _ => throw new TemplateException($"The argument '{name}' must be a text or a tuple of texts."),
    };

    private static IntegerValue IndexIn(TextValue text, int at) =>
        IntegerValue.Of(at < 0 ? -1 : CodePoints.Count(text.Value[..at]));

    private static IntegerValue Count(TextValue text, GivenArguments arguments, RenderContext context)
    {
        string wanted = arguments.Text(0, "sub").Value;
        if (wanted.Length == 0)
        {
            return IntegerValue.Of(CodePoints.Count(text.Value) + 1);
        }

        int count = 0;
        for (int at = 0; (at = text.Value.IndexOf(wanted, at, StringComparison.Ordinal)) >= 0; at += wanted.Length)
        {
            count++;
        }

        return IntegerValue.Of(count);
    }

    private static bool All(TextValue text, Func<char, bool> isSo) => text.Length > 0 && text.Value.All(isSo);
}
