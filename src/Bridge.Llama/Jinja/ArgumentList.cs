namespace Bridge.Llama.Jinja;

/// <summary>The arguments of a call as they are written.</summary>
/// <param name="Positional">Those by place.</param>
/// <param name="Named">Those by name.</param>
/// <param name="Spread">A list of more by place, after <c>*</c>.</param>
/// <param name="NamedSpread">A map of more by name, after <c>**</c>.</param>
internal sealed record ArgumentList(
    IReadOnlyList<Expression> Positional,
    IReadOnlyList<KeyValuePair<string, Expression>> Named,
    Expression? Spread = null,
    Expression? NamedSpread = null)
{
    public static ArgumentList None { get; } = new([], []);

    /// <summary>All the expressions.</summary>
    public IEnumerable<Expression?> All => [.. Positional, .. Named.Select(argument => argument.Value), Spread, NamedSpread];

    public GivenArguments Evaluate(Scope scope)
    {
        if (Positional.Count == 0 && Named.Count == 0 && Spread is null && NamedSpread is null)
        {
            return GivenArguments.None;
        }

        var positional = new List<TemplateValue>(Positional.Count);
        foreach (Expression argument in Positional)
        {
            positional.Add(argument.Evaluate(scope));
        }

        if (Spread?.Evaluate(scope) is { } more)
        {
            positional.AddRange(more.Items(scope.Context) ?? throw new TemplateException($"After '*' stands a list, not {more.Kind}."));
        }

        var named = new List<KeyValuePair<string, TemplateValue>>(Named.Count);
        foreach ((string name, Expression argument) in Named)
        {
            named.Add(KeyValuePair.Create(name, argument.Evaluate(scope)));
        }

        if (NamedSpread?.Evaluate(scope) is { } others)
        {
            MapValue map = others as MapValue ?? throw new TemplateException($"After '**' stands a map, not {others.Kind}.");
            named.AddRange(map.Entries.Select(entry => KeyValuePair.Create(PythonText.Of(entry.Key, scope.Context).Value, entry.Value)));
        }

        return new GivenArguments(positional, named);
    }
}
