using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bridge.Schemas.Signatures;

/// <summary>Writes types as signatures have them.</summary>
/// <param name="describe">Whether descriptions are written beside members, as comments.</param>
internal sealed class SignatureTypes(bool describe)
{
    /// <summary>A type on one line.</summary>
    public string Write(ToolParameter parameter)
    {
        var text = new StringBuilder();
        bool needsOwn = parameter.Alternatives.IsEmpty || HasOwn(parameter) || parameter.Alternatives.Any(branch => branch.Types.IsEmpty);
        if (needsOwn)
        {
            text.Append(Own(parameter));
        }

        AppendConditions(text, parameter, needsOwn);
        return text.ToString();
    }

    /// <summary>The arguments of a tool, in parentheses.</summary>
    public void AppendArguments(StringBuilder text, ToolParameter root)
    {
        text.Append('(');
        AppendMembers(text, root);
        text.Append(')');
    }

    /// <summary>What holds besides: alternatives and conditions.</summary>
    public void AppendConditions(StringBuilder text, ToolParameter parameter, bool needsOwn)
    {
        if (!parameter.Alternatives.IsEmpty)
        {
            IEnumerable<string> branches = parameter.Alternatives.Select(branch => Write(branch) + Comment(branch));
            string choice = string.Join('|', branches) + (needsOwn || !parameter.Nullable ? "" : "|null");
            text.Append(needsOwn ? $" & ({choice})" : choice);
        }

        foreach (JsonElement condition in parameter.Conditions)
        {
            text.Append(" & ").Append(Compact(condition));
        }
    }

    /// <summary>A member: its name, whether it may be left out, its type and its default.</summary>
    public void AppendMember(StringBuilder text, ToolParameter member, bool isOther, string? type = null)
    {
        string name = !isOther ? member.Name : member.Name.Length == 0 ? "*" : $"/{member.Name}/";
        text.Append(name).Append(member.Required || isOther ? ":" : "?:").Append(type ?? Write(member));
        if (member.Default is { ValueKind: not JsonValueKind.Null } fallback)
        {
            text.Append('=').Append(Compact(fallback));
        }
    }

    /// <summary>A list of items of a type.</summary>
    public static string List(string item, ToolParameter list)
    {
        bool compound = (item.AsSpan().ContainsAny('|', '&') && item[0] is not '{' and not '(') || item.StartsWith("like ", StringComparison.Ordinal);
        string size = SignatureLimits.Range(list.MinLength, list.MaxLength);
        string limits = list.Unique ? $"{size}{(size.Length > 0 ? " " : "")}unique" : size;
        return $"{(compound ? $"({item})" : item)}[{limits}]{(list.Nullable ? "|null" : "")}";
    }

    // Values that are only those of the alternatives are told there.
    private static bool HasOwn(ToolParameter parameter) =>
        parameter.Properties.Length + parameter.Others.Length + parameter.Prefix.Length > 0 || parameter.Item is not null
        || parameter.Values.Length != parameter.Alternatives.Sum(branch => parameter.Values.Length == 0 ? 0 : branch.Values.Length)
        || parameter.Format is not null || parameter.Pattern is not null || parameter.Bounds != NumberBounds.None
        || parameter.MinLength is not null || parameter.MaxLength is not null;

    private string Own(ToolParameter parameter)
    {
        if (parameter.Repeats is { } outer)
        {
            return (outer.Length == 0 ? "like the arguments" : $"like {outer}") + (parameter.Nullable ? "|null" : "");
        }

        if (parameter.Values.Length == 0 && parameter.Types is [ParameterType.Array] && parameter.Prefix.IsEmpty)
        {
            return List(Item(parameter), parameter);
        }

        IEnumerable<string> types = parameter.Values.Length > 0 ? parameter.Values.Select(Compact)
            : parameter.Types.Length > 0 ? parameter.Types.Select(type => Describe(type, parameter))
            : [Bounded("any", string.Join(", ", ((string[])[SignatureLimits.Number(parameter.Bounds), SignatureLimits.Text(parameter)]).Where(limit => limit.Length > 0)))];
        return string.Join('|', parameter.Nullable ? types.Append("null") : types);
    }

    private string Item(ToolParameter list) => list.Item is null ? "any" : Write(list.Item);

    private string Describe(ParameterType type, ToolParameter parameter)
    {
        switch (type)
        {
            case ParameterType.Integer or ParameterType.Number:
                return Bounded(ParameterTypes.NameOf(type), SignatureLimits.Number(parameter.Bounds));
            case ParameterType.String:
                return Bounded("string", SignatureLimits.Text(parameter));
            case ParameterType.Array when parameter.Prefix.Length > 0:
                IEnumerable<string> items = parameter.Prefix.Select(item => Write(item) + Comment(item));
                return $"[{string.Join(", ", parameter.Item is null ? items : items.Append($"...{Item(parameter)}{Comment(parameter.Item)}"))}]";
            case ParameterType.Array:
                return List(Item(parameter), parameter with { Nullable = false });
            case ParameterType.Object when parameter.Properties.Length > 0 || parameter.Others.Any(other => other.Name.Length > 0 || Write(other) != "any"):
                var text = new StringBuilder("{");
                AppendMembers(text, parameter);
                return text.Append('}').ToString();
            case ParameterType.Object when parameter.IsCut:
                return "{…}";
            default:
                return ParameterTypes.NameOf(type);
        }
    }

    private void AppendMembers(StringBuilder text, ToolParameter owner)
    {
        string separator = "";
        foreach (ToolParameter member in owner.Properties)
        {
            AppendMember(text.Append(separator), member, isOther: false);
            text.Append(Comment(member));
            separator = ", ";
        }

        foreach (ToolParameter member in owner.Others)
        {
            AppendMember(text.Append(separator), member, isOther: true);
            text.Append(Comment(member));
            separator = ", ";
        }
    }

    private string Comment(ToolParameter member) => describe && SignatureDescription.Of(member) is { } said
        ? $" /*{said.Replace("*/", "* /", StringComparison.Ordinal)}*/"
        : "";

    private static string Bounded(string type, string limits) => limits.Length == 0 ? type : $"{type}({limits})";

    private static string Compact(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
