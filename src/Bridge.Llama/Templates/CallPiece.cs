using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Templates;

/// <summary>A piece of the form in which a model writes a call.</summary>
internal abstract record CallPiece
{
    private CallPiece()
    {
    }

    /// <summary>Text as it stands.</summary>
    /// <param name="Text">The text.</param>
    public sealed record Literal(string Text) : CallPiece;

    /// <summary>The tool's name.</summary>
    public sealed record ToolName : CallPiece;

    /// <summary>The arguments as JSON.</summary>
    public sealed record Arguments : CallPiece;

    /// <summary>The arguments, member by member.</summary>
    /// <param name="Form">How members are written.</param>
    public sealed record Members(MemberForm Form) : CallPiece;

    /// <summary>The call's id.</summary>
    public sealed record Id : CallPiece;

    /// <summary>Which call of the answer it is.</summary>
    /// <param name="First">The number of the first.</param>
    public sealed record Number(int First) : CallPiece;
}
