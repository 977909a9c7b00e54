namespace Bridge.Llama.Decoding;

/// <summary>Guesses how a body goes on. A wrong guess costs time and nothing else.</summary>
internal interface IDraftSource
{
    /// <summary>How the body may go on, UTF-8; empty for no guess.</summary>
    /// <param name="written">The body so far.</param>
    ReadOnlySpan<byte> Continue(ReadOnlySpan<byte> written);
}
