namespace Bridge.Llama.Jinja;

/// <summary>A part of a template that has a value. Immutable.</summary>
/// <param name="position">Where it stands in the template.</param>
/// <param name="height">How many levels of expressions it has.</param>
internal abstract class Expression(int position, int height)
{
    public int Position => position;

    public int Height => height;

    /// <summary>Works out the value.</summary>
    public abstract TemplateValue Evaluate(Scope scope);

    /// <summary>The levels of an expression over some others.</summary>
    protected static int Over(params IEnumerable<Expression?> parts) =>
        1 + parts.Select(part => part?.Height ?? 0).DefaultIfEmpty().Max();

    /// <summary>Takes a step here.</summary>
    protected RenderContext Step(Scope scope)
    {
        RenderContext context = scope.Context;
        context.Budget.Step();
        context.Position = position;
        return context;
    }
}
