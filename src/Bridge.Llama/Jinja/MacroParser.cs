namespace Bridge.Llama.Jinja;

/// <summary>Reads macros and the blocks that call them.</summary>
/// <param name="tokens">The tokens.</param>
/// <param name="expressions">Reads expressions.</param>
/// <param name="readBody">Reads statements up to the word that ends them.</param>
internal sealed class MacroParser(TokenStream tokens, ExpressionParser expressions, Func<string, Block> readBody)
{
    public MacroStatement ReadMacro()
    {
        string name = tokens.Expect(TokenKind.Name, "the name of a macro").Value;
        return new MacroStatement(ReadDefinition(name, ReadParameters(), "endmacro"));
    }

    public CallStatement ReadCall()
    {
        int position = tokens.Position;
        IReadOnlyList<KeyValuePair<string, Expression?>> parameters = tokens.IsSign("(") ? ReadParameters() : [];
        Token name = tokens.Expect(TokenKind.Name, "the name of a macro");
        ArgumentList arguments = expressions.ReadArguments();
        return new CallStatement(position, new NameExpression(name.Position, name.Value), arguments, ReadDefinition("caller", parameters, "endcall"));
    }

    private MacroDefinition ReadDefinition(string name, IReadOnlyList<KeyValuePair<string, Expression?>> parameters, string end)
    {
        tokens.EndBlock();
        HashSet<string> outside = expressions.Mentioned;
        expressions.Mentioned = new HashSet<string>(StringComparer.Ordinal);
        Block body = readBody(end);
        bool takesMore = expressions.Mentioned.Contains("varargs");
        bool takesMoreNamed = expressions.Mentioned.Contains("kwargs");
        expressions.Mentioned = outside;
        return new MacroDefinition(name, parameters, body, takesMore, takesMoreNamed);
    }

    private List<KeyValuePair<string, Expression?>> ReadParameters()
    {
        tokens.ExpectSign("(");
        var parameters = new List<KeyValuePair<string, Expression?>>();
        while (!tokens.IsSign(")"))
        {
            Token name = tokens.Expect(TokenKind.Name, "the name of a parameter");
            if (parameters.Exists(parameter => parameter.Key == name.Value))
            {
                throw tokens.Error(name.Position, $"The macro has two parameters '{name.Value}'.");
            }

            parameters.Add(KeyValuePair.Create(name.Value, tokens.AcceptSign("=") ? expressions.Read() : null));
            if (!tokens.AcceptSign(","))
            {
                break;
            }
        }

        tokens.ExpectSign(")");
        return parameters;
    }
}
