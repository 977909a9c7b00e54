namespace Bridge.Llama.Jinja;

/// <summary>Reads the statements of a template.</summary>
internal sealed class StatementParser
{
    private readonly TokenStream _tokens;
    private readonly ExpressionParser _expressions;
    private readonly MacroParser _macros;
    private int _loops;

    public StatementParser(TokenStream tokens)
    {
        _tokens = tokens;
        _expressions = new ExpressionParser(tokens);
        _macros = new MacroParser(tokens, _expressions, ReadApart);
    }

    /// <summary>The whole template.</summary>
    public Block Read()
    {
        Block block = ReadBlock([]);
        return _tokens.Is(TokenKind.End) ? block : throw _tokens.Unexpected("the end of the template");
    }

    // Statements up to one of the words that end the block; the word is not taken.
    private Block ReadBlock(IReadOnlyList<string> ends)
    {
        _tokens.Enter();
        var statements = new List<Statement>();
        while (!_tokens.Is(TokenKind.End))
        {
            if (_tokens.Is(TokenKind.BeginBlock) && _tokens.Following.Kind == TokenKind.Name && ends.Contains(_tokens.Following.Value))
            {
                _tokens.Take();
                _tokens.Leave();
                return new Block(statements);
            }

            statements.Add(ReadStatement());
        }

        if (ends.Count > 0)
        {
            throw _tokens.Unexpected($"'{{% {ends[^1]} %}}'");
        }

        _tokens.Leave();
        return new Block(statements);
    }

    // A block that ends with one word, in which no 'break' can reach a loop around it.
    private Block ReadApart(string end)
    {
        int loops = _loops;
        _loops = 0;
        Block body = ReadBlock([end]);
        _loops = loops;
        _tokens.ExpectName(end);
        return body;
    }

    private Statement ReadStatement()
    {
        Token token = _tokens.Take();
        switch (token.Kind)
        {
            case TokenKind.Text:
                return new TextStatement(TextValue.Own(token.Value));
            case TokenKind.BeginOutput:
                var output = new OutputStatement(_expressions.ReadTuple());
                _tokens.Expect(TokenKind.EndOutput, "'}}'");
                return output;
            default:
                return ReadTag(_tokens.Expect(TokenKind.Name, "the name of a statement"));
        }
    }

    private Statement ReadTag(Token name)
    {
        Statement statement = name.Value switch
        {
            "if" => ReadIf(),
            "for" => ReadFor(),
            "set" => ReadSet(),
            "macro" => _macros.ReadMacro(),
            "call" => _macros.ReadCall(),
            "filter" => ReadFilter(name.Position),
            "with" => ReadWith(),
            "generation" => ReadGeneration(),
            "break" => ReadJump(name, Flow.Break),
            "continue" => ReadJump(name, Flow.Continue),
            _ => throw _tokens.Error(name.Position, $"'{name.Value}' is no statement of chat templates; "
                + "'if', 'for', 'set', 'macro', 'call', 'filter', 'with', 'generation', 'raw', 'break' and 'continue' are."),
        };
        _tokens.EndBlock();
        return statement;
    }

    private IfStatement ReadIf()
    {
        var branches = new List<KeyValuePair<Expression, Block>>();
        do
        {
            Expression test = _expressions.ReadTuple();
            _tokens.EndBlock();
            branches.Add(KeyValuePair.Create(test, ReadBlock(["elif", "else", "endif"])));
        }
        while (_tokens.AcceptName("elif"));

        Block otherwise = Block.Empty;
        if (_tokens.AcceptName("else"))
        {
            _tokens.EndBlock();
            otherwise = ReadBlock(["endif"]);
        }

        _tokens.ExpectName("endif");
        return new IfStatement(branches, otherwise);
    }

    private ForStatement ReadFor()
    {
        Target target = ReadTarget(allowMember: false);
        _tokens.ExpectName("in");
        int position = _tokens.Position;
        Expression items = _expressions.ReadUnconditional();
        if (_tokens.IsSign(","))
        {
            items = new PrimaryParser(_tokens).FinishTuple(position, items, _expressions);
        }

        Expression? test = _tokens.AcceptName("if") ? _expressions.Read() : null;
        bool isRecursive = _tokens.AcceptName("recursive");
        _tokens.EndBlock();
        _loops++;
        Block body = ReadBlock(["else", "endfor"]);
        _loops--;
        Block otherwise = Block.Empty;
        if (_tokens.AcceptName("else"))
        {
            _tokens.EndBlock();
            otherwise = ReadBlock(["endfor"]);
        }

        _tokens.ExpectName("endfor");
        return new ForStatement(target, items, test, body, otherwise) { IsRecursive = isRecursive };
    }

    private SetStatement ReadSet()
    {
        int position = _tokens.Position;
        Target target = ReadTarget(allowMember: true);
        if (_tokens.AcceptSign("="))
        {
            return new SetStatement(target, _expressions.ReadTuple());
        }

        // The filters come before the body that they are for.
        var body = new LateExpression(position);
        Expression value = _expressions.ReadFilters(body);
        _tokens.EndBlock();
        body.Inner = new BodyExpression(position, ReadApart("endset"));
        return new SetStatement(target, value);
    }

    private OutputStatement ReadFilter(int position)
    {
        var body = new LateExpression(position);
        Expression value = _expressions.ReadFilters(_expressions.ReadFilter(body));
        _tokens.EndBlock();
        body.Inner = new BodyExpression(position, ReadApart("endfilter"));
        return new OutputStatement(value);
    }

    private ScopeStatement ReadWith()
    {
        var variables = new List<KeyValuePair<Target, Expression>>();
        while (!_tokens.Is(TokenKind.EndBlock))
        {
            Target target = new NameTarget(_tokens.Expect(TokenKind.Name, "a variable").Value);
            _tokens.ExpectSign("=");
            variables.Add(KeyValuePair.Create(target, _expressions.Read()));
            if (!_tokens.AcceptSign(","))
            {
                break;
            }
        }

        _tokens.EndBlock();
        Block body = ReadBlock(["endwith"]);
        _tokens.ExpectName("endwith");
        return new ScopeStatement(variables, body);
    }

    // Marks what the model wrote, for training; nothing for a prompt.
    private ScopeStatement ReadGeneration()
    {
        _tokens.EndBlock();
        return new ScopeStatement([], ReadApart("endgeneration"));
    }

    private JumpStatement ReadJump(Token name, Flow flow) => _loops > 0
        ? new JumpStatement(flow)
        : throw _tokens.Error(name.Position, $"'{name.Value}' stands in no loop.");

    private Target ReadTarget(bool allowMember)
    {
        int position = _tokens.Position;
        Target first = ReadOneTarget(allowMember);
        if (!_tokens.IsSign(","))
        {
            return first;
        }

        List<Target> all = [first];
        while (_tokens.AcceptSign(",") && !_tokens.IsName("in") && !_tokens.IsSign("="))
        {
            all.Add(ReadOneTarget(allowMember));
        }

        return new TupleTarget(position, all);
    }

    private Target ReadOneTarget(bool allowMember)
    {
        if (_tokens.AcceptSign("("))
        {
            _tokens.Enter();
            Target inner = ReadTarget(allowMember);
            _tokens.ExpectSign(")");
            _tokens.Leave();
            return inner;
        }

        Token name = _tokens.Expect(TokenKind.Name, "a variable");
        return allowMember && _tokens.AcceptSign(".")
            ? new MemberTarget(name.Position, name.Value, _tokens.Expect(TokenKind.Name, "the name of a member").Value)
            : new NameTarget(name.Value);
    }
}
