using System.Collections.Concurrent;
using System.Collections.Immutable;
using Bridge.Llama.Templates;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Decoding;

/// <summary>How calls of some tools are written in the form a model was trained for, ready to be decoded. Immutable.</summary>
internal sealed class CallProgram
{
    private readonly ConcurrentDictionary<int, DecodingProgram> _bodies = new();
    private readonly DecodingOptions _options;
    private readonly bool _isNumbered;

    /// <param name="form">The form.</param>
    /// <param name="tools">The tools that may be called, at least one.</param>
    /// <param name="maxTextLength">The most characters of a string that its schema does not bound.</param>
    public CallProgram(CallForm form, ImmutableArray<TemplateTool> tools, int maxTextLength = 2048)
    {
        _options = new DecodingOptions { Style = form.Style, MaxTextLength = maxTextLength };
        Tools = tools;
        Form = form = CanWrite(form) ? form : KnownCallForms.Hermes;
        _isNumbered = form.Call.Any(piece => piece is CallPiece.Id or CallPiece.Number);
        int common = form.Separator is null ? form.Closing.Length : form.Closing.AsSpan().CommonPrefixLength(form.Separator);
        Tail = form.Closing[..common];
        End = form.Closing[common..];
        Next = form.Separator?[common..];
    }

    /// <summary>The form.</summary>
    public CallForm Form { get; }

    /// <summary>The tools that may be called.</summary>
    public ImmutableArray<TemplateTool> Tools { get; }

    /// <summary>What stands before the first call.</summary>
    public string Opening => Form.Opening;

    /// <summary>What every call begins with; empty where tools differ from the first letter on.</summary>
    public string Beginning => (Form.Call[0] as CallPiece.Literal)?.Text ?? "";

    /// <summary>What stands after every call.</summary>
    public string Tail { get; }

    /// <summary>What follows it after the last call; empty where the model ends there.</summary>
    public string End { get; }

    /// <summary>What follows it where there is another call; <see langword="null"/> where there can be none.</summary>
    public string? Next { get; }

    /// <summary>What is decoded for a call.</summary>
    /// <param name="number">Which call of the answer it is, from 0.</param>
    public DecodingProgram Body(int number) => _bodies.GetOrAdd(
        _isNumbered ? number : 0, call => DecodingProgram.For(Form.CallOf(Tools, call), _options));

    /// <summary>Whether each tool can be called in the form: few have constants that no text between tags can be.</summary>
    private bool CanWrite(CallForm form)
    {
        if (!form.Call.Any(piece => piece is CallPiece.Members))
        {
            return true;
        }

        try
        {
            _bodies[0] = DecodingProgram.For(form.CallOf(Tools, 0), _options);
            return true;
        }
        catch (InvalidSchemaException)
        {
            return false;
        }
    }
}
