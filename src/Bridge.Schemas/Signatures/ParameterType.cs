namespace Bridge.Schemas.Signatures;

/// <summary>The JSON type of a parameter.</summary>
public enum ParameterType
{
    /// <summary>Anything, or one of several types: see <see cref="ToolParameter.Types"/>.</summary>
    Any,

    /// <summary>A string.</summary>
    String,

    /// <summary>A whole number; <c>2.0</c> is one.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,

    /// <summary>Only <c>null</c>.</summary>
    Null,
}
