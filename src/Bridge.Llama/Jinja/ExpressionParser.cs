using System.Globalization;

namespace Bridge.Llama.Jinja;

/// <summary>Reads expressions, from those that bind least to those that bind most.</summary>
internal sealed class ExpressionParser(TokenStream tokens)
{
    private static readonly string[] s_comparisons = ["==", "!=", "<", "<=", ">", ">="];
    private static readonly string[] s_products = ["*", "/", "//", "%"];

    private readonly PrimaryParser _primary = new(tokens);

    /// <summary>The names that were read since the set was given.</summary>
    public HashSet<string> Mentioned
    {
        get => _primary.Mentioned;
        set => _primary.Mentioned = value;
    }

    /// <summary>An expression.</summary>
    public Expression Read()
    {
        tokens.Enter();
        Expression expression = ReadConditional();
        tokens.Leave();
        return expression;
    }

    /// <summary>An expression, or a tuple of several with commas between them.</summary>
    public Expression ReadTuple()
    {
        int position = tokens.Position;
        Expression first = Read();
        return tokens.IsSign(",") ? _primary.FinishTuple(position, first, this) : first;
    }

    /// <summary>An expression without a condition after it: <c>if</c> after the list of a loop means something else.</summary>
    public Expression ReadUnconditional()
    {
        tokens.Enter();
        Expression expression = ReadOr();
        tokens.Leave();
        return expression;
    }

    /// <summary>The filters after a value.</summary>
    public Expression ReadFilters(Expression value)
    {
        while (tokens.IsSign("|") || tokens.IsName("is"))
        {
            value = tokens.Checked(tokens.AcceptSign("|") ? ReadFilter(value) : ReadTest(value));
        }

        return value;
    }

    /// <summary>A filter whose bar was read, or that has none.</summary>
    public Expression ReadFilter(Expression value)
    {
        int position = tokens.Position;
        string name = ReadDottedName("the name of a filter");
        NativeMethod filter = Filters.Find(name) ?? ((_, _, _) => throw new TemplateException($"There is no filter '{name}'."));
        return new FilterExpression(position, value, filter, ReadArguments());
    }

    /// <summary>The arguments in parentheses, where there are any.</summary>
    public ArgumentList ReadArguments() => tokens.IsSign("(") ? _primary.ReadArguments(this) : ArgumentList.None;

    private Expression ReadConditional()
    {
        Expression value = ReadOr();
        while (tokens.IsName("if"))
        {
            int position = tokens.Take().Position;
            Expression test = ReadOr();
            Expression? otherwise = tokens.AcceptName("else") ? Read() : null;
            value = tokens.Checked(new ConditionalExpression(position, test, value, otherwise));
        }

        return value;
    }

    private Expression ReadOr()
    {
        Expression left = ReadAnd();
        while (tokens.IsName("or"))
        {
            left = tokens.Checked(new LogicalExpression(tokens.Take().Position, isAnd: false, left, ReadAnd()));
        }

        return left;
    }

    private Expression ReadAnd()
    {
        Expression left = ReadNot();
        while (tokens.IsName("and"))
        {
            left = tokens.Checked(new LogicalExpression(tokens.Take().Position, isAnd: true, left, ReadNot()));
        }

        return left;
    }

    private Expression ReadNot()
    {
        if (!tokens.IsName("not"))
        {
            return ReadComparison();
        }

        tokens.Enter();
        int position = tokens.Take().Position;
        Expression value = tokens.Checked(new NotExpression(position, ReadNot()));
        tokens.Leave();
        return value;
    }

    private Expression ReadComparison()
    {
        int position = tokens.Position;
        Expression first = ReadSum();
        var others = new List<KeyValuePair<string, Expression>>();
        while (ReadComparisonSign() is { } sign)
        {
            others.Add(KeyValuePair.Create(sign, ReadSum()));
        }

        return others.Count == 0 ? first : tokens.Checked(new ComparisonExpression(position, first, others));
    }

    private string? ReadComparisonSign()
    {
        if (tokens.Is(TokenKind.Sign) && s_comparisons.Contains(tokens.Current.Value))
        {
            return tokens.Take().Value;
        }

        if (tokens.AcceptName("in"))
        {
            return "in";
        }

        if (tokens.IsName("not") && tokens.Following is { Kind: TokenKind.Name, Value: "in" })
        {
            tokens.Take();
            tokens.Take();
            return "not in";
        }

        return null;
    }

    private Expression ReadSum()
    {
        Expression left = ReadConcat();
        while (tokens.IsSign("+") || tokens.IsSign("-"))
        {
            Token sign = tokens.Take();
            left = tokens.Checked(new ArithmeticExpression(sign.Position, sign.Value, left, ReadConcat()));
        }

        return left;
    }

    private Expression ReadConcat()
    {
        int position = tokens.Position;
        Expression first = ReadProduct();
        if (!tokens.IsSign("~"))
        {
            return first;
        }

        List<Expression> parts = [first];
        while (tokens.AcceptSign("~"))
        {
            parts.Add(ReadProduct());
        }

        return tokens.Checked(new ConcatExpression(position, parts));
    }

    private Expression ReadProduct()
    {
        Expression left = ReadPower();
        while (tokens.Is(TokenKind.Sign) && s_products.Contains(tokens.Current.Value))
        {
            Token sign = tokens.Take();
            left = tokens.Checked(new ArithmeticExpression(sign.Position, sign.Value, left, ReadPower()));
        }

        return left;
    }

    private Expression ReadPower()
    {
        Expression left = ReadSigned(withFilters: true);
        while (tokens.IsSign("**"))
        {
            Token sign = tokens.Take();
            left = tokens.Checked(new ArithmeticExpression(sign.Position, sign.Value, left, ReadSigned(withFilters: true)));
        }

        return left;
    }

    private Expression ReadSigned(bool withFilters)
    {
        Expression value;
        if (tokens.IsSign("-") || tokens.IsSign("+"))
        {
            tokens.Enter();
            Token sign = tokens.Take();
            value = tokens.Checked(new SignExpression(sign.Position, sign.Value == "-", ReadSigned(withFilters: false)));
            tokens.Leave();
        }
        else
        {
            value = _primary.Read(this);
        }

        return withFilters ? ReadFilters(value) : value;
    }

    private TestExpression ReadTest(Expression value)
    {
        int position = tokens.Take().Position; // 'is'
        bool isNegated = tokens.AcceptName("not");
        string name = tokens.IsName("in") ? tokens.Take().Value : ReadDottedName("the name of a test");
        ValueTest test = ValueTests.Find(name) ?? ((_, _, _) => throw new TemplateException($"There is no test '{name}'."));
        ArgumentList arguments = tokens.IsSign("(") || !StartsArgument()
            ? ReadArguments()
            : new ArgumentList([_primary.Read(this)], []);
        return new TestExpression(position, value, test, arguments, isNegated);
    }

    // A test may take one argument without parentheses: 'x is divisibleby 3'.
    private bool StartsArgument() => tokens.Current switch
    {
        { Kind: TokenKind.Name, Value: "else" or "or" or "and" or "is" or "if" or "in" or "not" or "recursive" } => false,
        { Kind: TokenKind.Name or TokenKind.Literal or TokenKind.Integer or TokenKind.Float } => true,
        { Kind: TokenKind.Sign, Value: "[" or "{" } => true,
        _ => false,
    };

    private string ReadDottedName(string wanted)
    {
        string name = tokens.Expect(TokenKind.Name, wanted).Value;
        while (tokens.AcceptSign("."))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{name}.{tokens.Expect(TokenKind.Name, wanted).Value}");
        }

        return name;
    }
}
