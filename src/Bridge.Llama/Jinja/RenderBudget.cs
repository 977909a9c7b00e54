using System.Globalization;
using System.Runtime.CompilerServices;

namespace Bridge.Llama.Jinja;

/// <summary>What one rendering has used of its limits.</summary>
internal sealed class RenderBudget(TemplateLimits limits, CancellationToken cancellation)
{
    private const int StepsBetweenLooks = 1024;

    private long _steps;
    private long _text;
    private int _calls;

    public TemplateLimits Limits => limits;

    /// <summary>Takes one step.</summary>
    public void Step()
    {
        if (++_steps % StepsBetweenLooks == 0 || _steps > limits.MaxSteps)
        {
            Look();
        }
    }

    /// <summary>Takes several steps, such as one for each item of a list.</summary>
    public void Steps(long count)
    {
        _steps += count;
        Look();
    }

    /// <summary>Takes text that is made or searched.</summary>
    public void Text(long length)
    {
        _text += length;
        if (_text > limits.MaxTextLength)
        {
            throw Over(nameof(TemplateLimits.MaxTextLength), limits.MaxTextLength, "made or searched texts longer, all together, than");
        }
    }

    /// <summary>Takes the characters of the whole result.</summary>
    public void Output(long length)
    {
        if (length > limits.MaxOutputLength)
        {
            throw Over(nameof(TemplateLimits.MaxOutputLength), limits.MaxOutputLength, "wrote more characters than");
        }
    }

    /// <summary>Enters a call of a macro.</summary>
    public void Enter()
    {
        if (++_calls > limits.MaxCallDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Over(nameof(TemplateLimits.MaxCallDepth), limits.MaxCallDepth, "called more macros within one another than");
        }
    }

    /// <summary>Leaves a call of a macro.</summary>
    public void Leave() => _calls--;

    /// <summary>Checks how deep a value is.</summary>
    public void Depth(int depth)
    {
        if (depth > limits.MaxValueDepth)
        {
            throw Over(nameof(TemplateLimits.MaxValueDepth), limits.MaxValueDepth, "has more levels of lists and maps within one another than");
        }
    }

    private void Look()
    {
        cancellation.ThrowIfCancellationRequested();
        if (_steps > limits.MaxSteps)
        {
            throw Over(nameof(TemplateLimits.MaxSteps), limits.MaxSteps, "took more steps than");
        }
    }

    private static TemplateException Over(string limit, long allowed, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The template {what} the {allowed:N0} that '{limit}' allows.")) { Limit = limit };
}
