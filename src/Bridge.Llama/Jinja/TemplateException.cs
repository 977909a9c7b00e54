using System.Globalization;

namespace Bridge.Llama.Jinja;

/// <summary>A chat template is malformed, refuses a conversation, or went over a limit.</summary>
public sealed class TemplateException : Exception
{
    internal TemplateException(string message)
        : base(message)
    {
    }

    internal TemplateException(string message, int line, int column, TemplateException? cause = null)
        : base(string.Create(CultureInfo.InvariantCulture, $"Line {line}, column {column} of the chat template: {message}"), cause)
    {
        Line = line;
        Column = column;
        Limit = cause?.Limit;
        IsRefusal = cause?.IsRefusal ?? false;
    }

    /// <summary>The line of the template, from 1; 0 where the place is not known.</summary>
    public int Line { get; }

    /// <summary>The column of the template, from 1; 0 where the place is not known.</summary>
    public int Column { get; }

    /// <summary>The limit of <see cref="TemplateLimits"/> that was reached; <see langword="null"/> where none was.</summary>
    public string? Limit { get; internal init; }

    /// <summary>Whether the template itself refused, by <c>raise_exception</c>.</summary>
    public bool IsRefusal { get; internal init; }
}
