using System.Net;
using System.Net.Sockets;
using Bridge.Calling;
using Bridge.Outcomes;

namespace Bridge.Models.Endpoints;

/// <summary>Says what went wrong at an endpoint, once for all APIs: what happened, where, and the cure.</summary>
internal static class EndpointErrors
{
    private const int LongestQuote = 300;
    private const string BrokeOff = "broke off in the middle of its answer. Look at the server's log.";

    /// <summary>An answer with an error status.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="said">What the server said; <see langword="null"/> when it said nothing that can be read.</param>
    /// <param name="retryAfter">How long it asks to wait.</param>
    /// <param name="inner">The cause.</param>
    public static ToolCallerException FromStatus(
        ModelEndpoint endpoint, int status, string? said, TimeSpan? retryAfter = null, Exception? inner = null)
    {
        string quote = Quote(endpoint, said);
        (ReasonKind kind, bool transient, string what) = (HttpStatusCode)status switch
        {
            // What a server says about a refused key may repeat the key.
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => (ReasonKind.CallerUnavailable, false,
                $"refused the key (HTTP {status}). Check {endpoint.KeySource}."),
            HttpStatusCode.NotFound => (ReasonKind.UnknownModel, false,
                $"was not found (HTTP 404){quote}. Check the model's name and that the address is the base of the API, such as 'http://127.0.0.1:8000/v1'."),
            HttpStatusCode.TooManyRequests => (ReasonKind.CallerUnavailable, true,
                $"is asked too often (HTTP 429){quote}. {WaitFor(retryAfter)}"),
            HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => (ReasonKind.TimedOut, true,
                $"did not answer in time (HTTP {status}){quote}. Try again, or take a smaller model."),
            >= HttpStatusCode.InternalServerError => (ReasonKind.CallerUnavailable, true,
                $"failed (HTTP {status}){quote}. Look at the server's log. {WaitFor(retryAfter)}"),
            _ when IsOverflow(said) => (ReasonKind.ContextOverflow, false,
                $"was sent more than fits its context (HTTP {status}){quote}. Set 'contextTokens' in the model's profile, so that Bridge fits the tools to it."),
            _ => (ReasonKind.CallerUnavailable, false,
                $"refused the request (HTTP {status}){quote}. Check the model's profile: 'toolFormat', 'temperatures' and 'outputTokens' must suit it."),
        };
        return new ToolCallerException(kind, $"{endpoint} {what.TrimEnd()}", inner) { IsTransient = transient, RetryAfter = retryAfter };
    }

    /// <summary>An endpoint that could not be reached, or broke off.</summary>
    public static ToolCallerException FromTransport(ModelEndpoint endpoint, Exception error)
    {
        if (error is TimeoutException or OperationCanceledException)
        {
            return new ToolCallerException(
                ReasonKind.TimedOut, $"{endpoint} did not answer in time. Raise 'attemptTimeout' in the model's profile, or take a smaller model.", error)
            { IsTransient = true };
        }

        SocketError? socket = Causes(error).OfType<SocketException>().FirstOrDefault()?.SocketErrorCode;
        string what = socket switch
        {
            SocketError.ConnectionRefused => "cannot be reached: the connection was refused. Start the server, or correct the address.",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
                $"cannot be reached: the host '{endpoint.Url.Host}' is not known. Correct the address.",
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => BrokeOff,
            _ when Causes(error).Any(cause => cause is HttpIOException) => BrokeOff,
            _ => $"cannot be reached: {Causes(error).Last().Message.TrimEnd('.')}. Check the address and the server.",
        };
        return new ToolCallerException(ReasonKind.CallerUnavailable, $"{endpoint} {what}", error) { IsTransient = true };
    }

    /// <summary>An answer that is not what the API promises.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="what">What is wrong, continuing "answered with".</param>
    /// <param name="inner">The cause.</param>
    public static ToolCallerException Garbage(ModelEndpoint endpoint, string what, Exception? inner = null) =>
        new(ReasonKind.CallerMisbehaved, $"{endpoint} answered with {what}. Check that the address is the base of the API it is configured for.", inner)
        { IsTransient = true };

    /// <summary>An error that came inside of an answer that had begun well.</summary>
    public static ToolCallerException Inside(ModelEndpoint endpoint, string said) =>
        new(ReasonKind.CallerUnavailable, $"{endpoint} failed while it answered{Quote(endpoint, said)}. Look at the server's log.") { IsTransient = true };

    private static string Quote(ModelEndpoint endpoint, string? said)
    {
        if (string.IsNullOrWhiteSpace(said))
        {
            return "";
        }

        string text = said.ReplaceLineEndings(" ").Trim();
        foreach (string secret in endpoint.Headers.Values.Append(endpoint.ApiKey ?? "").Where(secret => secret.Length > 0))
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return $": '{(text.Length > LongestQuote ? $"{text[..LongestQuote]}…" : text).TrimEnd('.')}'";
    }

    private static string WaitFor(TimeSpan? retryAfter) =>
        retryAfter is { } wait ? $"It asks to wait {Math.Ceiling(wait.TotalSeconds):0} s." : "";

    private static bool IsOverflow(string? said) =>
        said is not null
        && (said.Contains("context_length", StringComparison.OrdinalIgnoreCase)
            || said.Contains("context length", StringComparison.OrdinalIgnoreCase)
            || said.Contains("context size", StringComparison.OrdinalIgnoreCase)
            || said.Contains("context window", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
