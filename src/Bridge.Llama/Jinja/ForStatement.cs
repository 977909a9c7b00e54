namespace Bridge.Llama.Jinja;

/// <summary>A loop.</summary>
/// <param name="target">The variables of an item.</param>
/// <param name="items">What it goes through.</param>
/// <param name="test">Which items count; <see langword="null"/> for all.</param>
/// <param name="body">What is done for each.</param>
/// <param name="otherwise">What is done where there are none.</param>
internal sealed class ForStatement(Target target, Expression items, Expression? test, Block body, Block otherwise) : Statement
{
    /// <summary>Whether the body can call the loop for other items.</summary>
    public bool IsRecursive { get; init; }

    public override Flow Execute(Scope scope, TextBuilder output)
    {
        TemplateValue all = items.Evaluate(scope);
        scope.Context.Position = items.Position;
        Run(all, scope, output, 0);
        return Flow.Next;
    }

    private void Run(TemplateValue all, Scope scope, TextBuilder output, int depth)
    {
        // A copy: the body may change a list that the template made.
        TemplateValue[] chosen = [.. all.Items(scope.Context) ?? throw new TemplateException($"A loop cannot go through {all.Kind}.")];
        if (test is not null)
        {
            chosen = Array.FindAll(chosen, item => Counts(item, scope));
        }

        if (chosen.Length == 0)
        {
            otherwise.Execute(new Scope(scope), output);
            return;
        }

        var loop = new LoopValue(chosen, depth, IsRecursive ? (more, level) => Recurse(more, scope, level) : null);
        for (; loop.At < chosen.Length; loop.At++)
        {
            scope.Context.Budget.Step();
            var inner = new Scope(scope);
            inner.Set("loop", loop);
            target.Assign(inner, chosen[loop.At]);
            if (body.Execute(inner, output) == Flow.Break)
            {
                break;
            }
        }
    }

    private bool Counts(TemplateValue item, Scope scope)
    {
        var inner = new Scope(scope);
        target.Assign(inner, item);
        return test!.Evaluate(inner).IsTrue;
    }

    private TextValue Recurse(TemplateValue more, Scope scope, int depth)
    {
        RenderBudget budget = scope.Context.Budget;
        budget.Enter();
        var output = new TextBuilder(budget);
        Run(more, scope, output, depth);
        budget.Leave();
        return output.ToText();
    }
}
