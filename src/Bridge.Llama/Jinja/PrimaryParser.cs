using System.Globalization;

namespace Bridge.Llama.Jinja;

/// <summary>Reads what expressions are made of: names, literals, brackets, and what follows them.</summary>
internal sealed class PrimaryParser(TokenStream tokens)
{
    /// <summary>The names that were read.</summary>
    public HashSet<string> Mentioned { get; set; } = new(StringComparer.Ordinal);

    public Expression Read(ExpressionParser expressions)
    {
        Expression value = ReadAtom(expressions);
        while (true)
        {
            if (tokens.IsSign("."))
            {
                value = ReadMember(value);
            }
            else if (tokens.IsSign("["))
            {
                value = ReadItem(value, expressions);
            }
            else if (tokens.IsSign("("))
            {
                value = new CallExpression(tokens.Position, value, ReadArguments(expressions));
            }
            else
            {
                return value;
            }

            tokens.Checked(value);
        }
    }

    /// <summary>The arguments in parentheses.</summary>
    public ArgumentList ReadArguments(ExpressionParser expressions)
    {
        tokens.ExpectSign("(");
        var positional = new List<Expression>();
        var named = new List<KeyValuePair<string, Expression>>();
        Expression? spread = null;
        Expression? namedSpread = null;
        while (!tokens.IsSign(")"))
        {
            if (tokens.AcceptSign("**"))
            {
                namedSpread = expressions.Read();
            }
            else if (tokens.AcceptSign("*"))
            {
                spread = expressions.Read();
            }
            else if (tokens.Is(TokenKind.Name) && tokens.Following is { Kind: TokenKind.Sign, Value: "=" })
            {
                string name = tokens.Take().Value;
                tokens.Take();
                named.Add(KeyValuePair.Create(name, expressions.Read()));
            }
            else if (named.Count > 0 || spread is not null || namedSpread is not null)
            {
                throw tokens.Error(tokens.Position, "Arguments by place stand before those by name.");
            }
            else
            {
                positional.Add(expressions.Read());
            }

            if (!tokens.AcceptSign(","))
            {
                break;
            }
        }

        tokens.ExpectSign(")");
        return new ArgumentList(positional, named, spread, namedSpread);
    }

    /// <summary>The rest of a tuple whose first item was read.</summary>
    public Expression FinishTuple(int position, Expression first, ExpressionParser expressions)
    {
        List<Expression> items = [first];
        while (tokens.AcceptSign(",") && !EndsTuple())
        {
            items.Add(expressions.Read());
        }

        return tokens.Checked(new ListExpression(position, items, isTuple: true));
    }

    private bool EndsTuple() => tokens.Current.Kind is TokenKind.EndBlock or TokenKind.EndOutput or TokenKind.End || tokens.IsSign(")");

    private Expression ReadAtom(ExpressionParser expressions)
    {
        Token token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                return ReadName(tokens.Take());
            case TokenKind.Literal:
                return ReadLiteral(token.Position);
            case TokenKind.Integer:
                return long.TryParse(tokens.Take().Value.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out long integer)
                    ? new LiteralExpression(token.Position, IntegerValue.Of(integer))
                    : throw tokens.Error(token.Position, $"The integer {token.Value} is greater than 64 bits hold.");
            case TokenKind.Float:
                string digits = tokens.Take().Value.Replace("_", "", StringComparison.Ordinal);
                return new LiteralExpression(token.Position, new FloatValue(double.Parse(digits, CultureInfo.InvariantCulture)));
            case TokenKind.Sign when token.Value == "(":
                return ReadParenthesis(expressions);
            case TokenKind.Sign when token.Value == "[":
                return ReadList(expressions);
            case TokenKind.Sign when token.Value == "{":
                return ReadMap(expressions);
            default:
                throw tokens.Unexpected("a value");
        }
    }

    private Expression ReadName(Token token)
    {
        TemplateValue? constant = token.Value switch
        {
            "true" or "True" => BooleanValue.True,
            "false" or "False" => BooleanValue.False,
            "none" or "None" => NullValue.Instance,
            _ => null,
        };
        if (constant is not null)
        {
            return new LiteralExpression(token.Position, constant);
        }

        Mentioned.Add(token.Value);
        return new NameExpression(token.Position, token.Value);
    }

    private LiteralExpression ReadLiteral(int position)
    {
        string text = "";
        while (tokens.Is(TokenKind.Literal))
        {
            text += tokens.Take().Value; // texts side by side are one, as in Python
        }

        return new LiteralExpression(position, TextValue.Own(text));
    }

    private Expression ReadParenthesis(ExpressionParser expressions)
    {
        int position = tokens.Take().Position;
        if (tokens.AcceptSign(")"))
        {
            return new ListExpression(position, [], isTuple: true);
        }

        Expression value = expressions.ReadTuple();
        tokens.ExpectSign(")");
        return value;
    }

    private Expression ReadList(ExpressionParser expressions)
    {
        int position = tokens.Take().Position;
        var items = new List<Expression>();
        while (!tokens.IsSign("]"))
        {
            items.Add(expressions.Read());
            if (!tokens.AcceptSign(","))
            {
                break;
            }
        }

        tokens.ExpectSign("]");
        return tokens.Checked(new ListExpression(position, items, isTuple: false));
    }

    private Expression ReadMap(ExpressionParser expressions)
    {
        int position = tokens.Take().Position;
        var members = new List<KeyValuePair<Expression, Expression>>();
        while (!tokens.IsSign("}"))
        {
            Expression key = expressions.Read();
            tokens.ExpectSign(":");
            members.Add(KeyValuePair.Create(key, expressions.Read()));
            if (!tokens.AcceptSign(","))
            {
                break;
            }
        }

        tokens.ExpectSign("}");
        return tokens.Checked(new MapExpression(position, members));
    }

    private Expression ReadMember(Expression value)
    {
        int position = tokens.Take().Position;
        if (tokens.Is(TokenKind.Integer))
        {
            string digits = tokens.Take().Value;
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int place)
                ? new ItemExpression(position, value, new LiteralExpression(position, IntegerValue.Of(place)))
                : throw tokens.Error(position, $"'{digits}' is no place in a list.");
        }

        return new MemberExpression(position, value, tokens.Expect(TokenKind.Name, "the name of a member").Value);
    }

    private Expression ReadItem(Expression value, ExpressionParser expressions)
    {
        int position = tokens.Take().Position;
        Expression? from = tokens.IsSign(":") ? null : expressions.ReadTuple();
        if (!tokens.IsSign(":"))
        {
            tokens.ExpectSign("]");
            return new ItemExpression(position, value, from!);
        }

        Expression? to = ReadBound(expressions);
        Expression? step = tokens.IsSign(":") ? ReadBound(expressions) : null;
        tokens.ExpectSign("]");
        return new SliceExpression(position, value, from, to, step);
    }

    private Expression? ReadBound(ExpressionParser expressions)
    {
        tokens.ExpectSign(":");
        return tokens.IsSign(":") || tokens.IsSign("]") ? null : expressions.Read();
    }
}
