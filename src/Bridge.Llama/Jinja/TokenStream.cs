using System.Runtime.CompilerServices;

namespace Bridge.Llama.Jinja;

/// <summary>The tokens of a template, one after another, and how deep the parser is in them.</summary>
internal sealed class TokenStream(SourceText source, IReadOnlyList<Token> tokens, TemplateLimits limits)
{
    private int _at;
    private int _depth;

    public Token Current => tokens[_at];

    public int Position => Current.Position;

    /// <summary>Takes the token and goes on.</summary>
    public Token Take()
    {
        Token token = tokens[_at];
        if (token.Kind != TokenKind.End)
        {
            _at++;
        }

        return token;
    }

    public bool Is(TokenKind kind) => Current.Kind == kind;

    public bool IsSign(string sign) => Current.Kind == TokenKind.Sign && Current.Value == sign;

    public bool IsName(string name) => Current.Kind == TokenKind.Name && Current.Value == name;

    /// <summary>The token after the current one.</summary>
    public Token Following => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public bool AcceptSign(string sign) => IsSign(sign) && Take().Kind == TokenKind.Sign;

    public bool AcceptName(string name) => IsName(name) && Take().Kind == TokenKind.Name;

    public Token Expect(TokenKind kind, string wanted) => Is(kind) ? Take() : throw Unexpected(wanted);

    public void ExpectSign(string sign)
    {
        if (!AcceptSign(sign))
        {
            throw Unexpected($"'{sign}'");
        }
    }

    public void ExpectName(string name)
    {
        if (!AcceptName(name))
        {
            throw Unexpected($"'{name}'");
        }
    }

    public void EndBlock() => Expect(TokenKind.EndBlock, "'%}'");

    public TemplateException Unexpected(string wanted) => Error(Position, $"{wanted} is expected here, not {Current}.");

    public TemplateException Error(int position, string message) => source.Error(position, message);

    /// <summary>Goes a level deeper.</summary>
    public void Enter()
    {
        if (++_depth > limits.MaxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw TooDeep(Position);
        }
    }

    /// <summary>Comes back from a level.</summary>
    public void Leave() => _depth--;

    /// <summary>Refuses an expression that is too deep to be worked out, such as a sum of very many.</summary>
    public Expression Checked(Expression expression) => expression.Height <= limits.MaxNesting ? expression : throw TooDeep(expression.Position);

    private TemplateException TooDeep(int position) => source.Error(position, "The template is too deep.", new TemplateException(
        $"Expressions and blocks stand in one another more than {limits.MaxNesting} deep, which is what '{nameof(TemplateLimits.MaxNesting)}' allows.")
    {
        Limit = nameof(TemplateLimits.MaxNesting),
    });
}
