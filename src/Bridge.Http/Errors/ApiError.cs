using Microsoft.AspNetCore.Http;

namespace Bridge.Http.Errors;

/// <summary>Why a request is not answered; written in the shape of the API that was called.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The kind, stable, in snake_case.</param>
/// <param name="Message">A sentence: what is wrong, what is allowed, what to do.</param>
/// <param name="Parameter">The request's member at fault.</param>
public sealed record ApiError(int Status, string Code, string Message, string? Parameter = null)
{
    /// <summary>When to try again; <see langword="null"/> when it is not a matter of time.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The text for a fault of Bridge itself: the log has the detail.</summary>
    public static ApiError Internal { get; } = new(
        StatusCodes.Status500InternalServerError,
        "internal_error",
        "Bridge failed to process the request. The log of the server has the detail under the request's id.");

    /// <summary>A request that cannot be read.</summary>
    /// <param name="parameter">The member at fault.</param>
    /// <param name="problem">The rest of a sentence that begins with the member.</param>
    /// <returns>The error.</returns>
    public static ApiError Invalid(string parameter, string problem) =>
        new(StatusCodes.Status400BadRequest, "invalid_request", $"'{parameter}' {problem}", parameter);

    /// <summary>What a bare HTTP status means.</summary>
    /// <param name="status">The status.</param>
    /// <returns>The error.</returns>
    public static ApiError FromStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(status, "not_found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new(status, "method_not_allowed", "This address does not take this method; see the header 'Allow'."),
        StatusCodes.Status408RequestTimeout => new(status, "request_timeout", "The request came too slowly."),
        StatusCodes.Status413PayloadTooLarge => new(
            status, "body_too_large", "The body is larger than 'Bridge:Http:MaxBodyBytes' allows; send less, or raise it."),
        _ => new(status, "bad_request", "The request is not valid HTTP."),
    };
}
