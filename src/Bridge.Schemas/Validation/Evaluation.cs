using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Bridge.Schemas.Json;
using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Validation;

/// <summary>One check of one instance: its budget, where it is, and what it found.</summary>
internal sealed class Evaluation : IDisposable
{
    private const int MaxDepth = 1000;
    private const int MaxErrors = 256;
    private const int BytesPerStep = 16;
    private const int DigitsPerStep = 16;
    private const int StepsPerTimeOut = 100_000;

    private static readonly InstancePath s_nowhere = new();

    /// <summary>The one that this thread used before; in the meantime nobody holds it.</summary>
    [ThreadStatic]
    private static Evaluation? t_spare;

    private List<DynamicAnchors>? _scope;
    private InstancePath _path = s_nowhere;
    private List<ValidationError>? _errors;
    private long _steps;
    private int _depth;

    private Evaluation()
    {
    }

    /// <summary>Whether further errors are wanted, not just the verdict.</summary>
    public bool Collects => _errors is { Count: <= MaxErrors };

    /// <summary>Whether the budget ran out: the verdict then means nothing.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>The work that may still be done.</summary>
    public long StepsLeft => _steps;

    /// <summary>Where the check is, as a JSON Pointer.</summary>
    public string CurrentPointer => _path.ToPointer();

    /// <summary>What has been looked at of the current value; <see langword="null"/> where nobody asks.</summary>
    public EvaluatedParts? Evaluated { get; set; }

    /// <summary>Starts a check that only gives the verdict.</summary>
    public static Evaluation ForVerdict(long budget, bool dynamic)
    {
        Evaluation run = t_spare ?? new Evaluation();
        t_spare = null;
        (run._steps, run._depth, run.IsExhausted) = (budget, 0, false);
        run._scope = dynamic ? [] : null;
        return run;
    }

    /// <summary>Starts a check that collects every error.</summary>
    public static Evaluation ForErrors(long budget, bool dynamic)
    {
        Evaluation run = ForVerdict(budget, dynamic);
        (run._errors, run._path) = ([], new InstancePath());
        return run;
    }

    /// <summary>Gives a check that ended back to the thread.</summary>
    public void Dispose()
    {
        (_errors, _path, Evaluated) = (null, s_nowhere, null);
        t_spare = this;
    }

    /// <summary>What was found.</summary>
    public ImmutableArray<ValidationError> ToErrors() => IsExhausted
        ? [new ValidationError("", "budget", "The check was given up: this schema needs too much work for this value.", "value is too complex")]
        : [.. _errors ?? []];

    /// <summary>Enters a schema.</summary>
    /// <returns>Whether the budget allows it; if not, the schema must not be left.</returns>
    public bool Enter(DynamicAnchors? anchors)
    {
        if (IsExhausted || --_steps < 0 || _depth >= MaxDepth
            || ((_depth & 15) == 15 && !RuntimeHelpers.TryEnsureSufficientExecutionStack()))
        {
            IsExhausted = true;
            return false;
        }

        _depth++;
        if (anchors is not null)
        {
            _scope!.Add(anchors);
        }

        return true;
    }

    /// <summary>Leaves a schema.</summary>
    public void Leave(DynamicAnchors? anchors)
    {
        _depth--;
        if (anchors is not null)
        {
            _scope!.RemoveAt(_scope.Count - 1);
        }
    }

    /// <summary>Takes work that is not a schema out of the budget.</summary>
    public bool Spend(long steps)
    {
        _steps -= steps;
        IsExhausted |= _steps < 0;
        return !IsExhausted;
    }

    /// <summary>Whether two values are equal; what comparing them costs is taken out of the budget.</summary>
    public bool AreEqual(JsonValue x, JsonValue y)
    {
        bool equal = JsonEquality.AreEqual(x, y, ref _steps);
        IsExhausted |= _steps < 0;
        return equal && !IsExhausted;
    }

    /// <summary>Takes the arithmetic of a number of many digits out of the budget.</summary>
    public void SpendOnNumber(JsonValue number) => Spend(number.Text.Length / DigitsPerStep);

    /// <summary>
    /// Looks for a pattern. What that costs is taken out of the budget: by the text's length, and by the clock where the engine backtracks, so
    /// that a few time-outs end the check, and so do many looks that stay just below.
    /// </summary>
    /// <returns>Whether it is there; <see langword="null"/> when the time ran out.</returns>
    public bool? Matches(EcmaPattern pattern, ReadOnlySpan<byte> utf8)
    {
        if (!Spend(utf8.Length / BytesPerStep))
        {
            return false;
        }

        long start = pattern.IsLinear ? 0 : Stopwatch.GetTimestamp();
        bool? matches = JsonText.ReadUtf8(utf8, pattern, static (ecma, text) => ecma.Matches(text));
        if (matches is null)
        {
            Spend(StepsPerTimeOut);
        }
        else if (!pattern.IsLinear)
        {
            Spend((long)(Stopwatch.GetElapsedTime(start) / EcmaPattern.TimeLimit * StepsPerTimeOut));
        }

        return matches;
    }

    /// <summary>Takes the reading of a text out of the budget.</summary>
    public bool SpendOnText(JsonValue text) => Spend(text.Text.Length / BytesPerStep);

    /// <summary>The outermost schema that carries a dynamic anchor; <see langword="null"/> when none does.</summary>
    public SchemaNode? FindDynamic(string anchor)
    {
        foreach (DynamicAnchors anchors in _scope!)
        {
            if (anchors.Find(anchor) is { } node)
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>Checks a member.</summary>
    public bool CheckMember(SchemaNode node, JsonMember member)
    {
        if (!Collects)
        {
            return node.CheckPart(member.Value, this);
        }

        _path.Push(member.Name);
        bool valid = node.CheckPart(member.Value, this);
        _path.Pop();
        return valid;
    }

    /// <summary>Checks an item.</summary>
    public bool CheckItem(SchemaNode node, JsonValue item, int index)
    {
        if (!Collects)
        {
            return node.CheckPart(item, this);
        }

        _path.Push(index);
        bool valid = node.CheckPart(item, this);
        _path.Pop();
        return valid;
    }

    /// <summary>Asks for a verdict whose errors are nobody's business.</summary>
    public bool Probe(SchemaNode node, JsonValue instance)
    {
        List<ValidationError>? errors = _errors;
        _errors = null;
        bool valid = node.Check(instance, this);
        _errors = errors;
        return valid;
    }

    /// <summary>Checks one alternative: its errors go into a list of its own, its marks count only when it holds.</summary>
    public bool CheckBranch(SchemaNode node, JsonValue instance, List<ValidationError>? errors)
    {
        List<ValidationError>? outerErrors = _errors;
        EvaluatedParts? outer = Evaluated;
        _errors = outerErrors is null ? null : errors;
        Evaluated = outer?.Fresh();
        bool valid = node.Check(instance, this);
        if (valid)
        {
            outer?.Merge(Evaluated);
        }

        Evaluated = outer;
        _errors = outerErrors;
        return valid;
    }

    /// <summary>Reports an error about the current value.</summary>
    /// <param name="keyword">The keyword.</param>
    /// <param name="what">What is wrong, as the rest of a sentence that begins with the value's name.</param>
    /// <param name="hint">The same for a small model.</param>
    public void Report(string keyword, string what, string hint)
    {
        if (_errors is null)
        {
            return;
        }

        string name = _path.ToName();
        Add(new ValidationError(
            _path.ToPointer(), keyword,
            Sentence(name.Length == 0 ? $"The value {what}" : $"'{name}' {what}"),
            name.Length == 0 ? $"the value {hint}" : $"`{name}` {hint}"));
    }

    /// <summary>Reports an error about a member of the current value, present or missing.</summary>
    /// <param name="keyword">The keyword.</param>
    /// <param name="member">The member's name.</param>
    /// <param name="what">What is wrong, as the rest of a sentence that begins with the member's name.</param>
    /// <param name="hint">The same for a small model.</param>
    /// <param name="atMember">Whether the error is about the member itself, not about the value that should hold it.</param>
    public void ReportMember(string keyword, string member, string what, string hint, bool atMember)
    {
        if (_errors is null)
        {
            return;
        }

        string pointer = atMember ? "" : _path.ToPointer();
        _path.Push(member);
        string name = _path.ToName();
        Add(new ValidationError(atMember ? _path.ToPointer() : pointer, keyword, Sentence($"'{name}' {what}"), $"`{name}` {hint}"));
        _path.Pop();
    }

    /// <summary>Takes over the errors of an alternative.</summary>
    public void Adopt(List<ValidationError> errors, string note)
    {
        foreach (ValidationError error in errors)
        {
            Add(error with { Message = note.Length == 0 ? error.Message : $"{error.Message.TrimEnd('.')} ({note})." });
        }
    }

    private static string Sentence(string text) => text[^1] is '?' or '.' ? text : text + ".";

    private void Add(ValidationError error)
    {
        if (_errors!.Count < MaxErrors)
        {
            _errors.Add(error);
        }
        else if (_errors.Count == MaxErrors)
        {
            _errors.Add(new ValidationError(
                "", "budget", $"There are more than {MaxErrors} errors; the rest is not listed.", "there are more errors"));
        }
    }
}
