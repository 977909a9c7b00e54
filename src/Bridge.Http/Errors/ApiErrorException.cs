namespace Bridge.Http.Errors;

/// <summary>Ends a request with an error for its client.</summary>
/// <param name="error">The error.</param>
/// <param name="inner">The cause.</param>
public sealed class ApiErrorException(ApiError error, Exception? inner = null) : Exception(error?.Message, inner)
{
    /// <summary>The error.</summary>
    public ApiError Error { get; } = error!;
}
