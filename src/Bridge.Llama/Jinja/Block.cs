using System.Runtime.CompilerServices;

namespace Bridge.Llama.Jinja;

/// <summary>Statements in a row.</summary>
internal sealed class Block(IReadOnlyList<Statement> statements)
{
    public static Block Empty { get; } = new([]);

    public Flow Execute(Scope scope, TextBuilder output)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new TemplateException("The template needs more of the stack than there is.") { Limit = nameof(TemplateLimits.MaxNesting) };
        }

        for (int at = 0; at < statements.Count; at++)
        {
            scope.Context.Budget.Step();
            Flow flow = statements[at].Execute(scope, output);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    /// <summary>What the statements write.</summary>
    public TextValue Render(Scope scope)
    {
        var output = new TextBuilder(scope.Context.Budget);
        Execute(scope, output);
        return output.ToText();
    }
}
