using System.Net;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Credentials;
using Bridge.Mcp.Processes;
using Bridge.Mcp.SignIn;
using Bridge.Storage;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace Bridge.Mcp.Connections;

/// <summary>Says in a sentence why a server could not be connected, and what to do.</summary>
internal static class ConnectionFailure
{
    public static UpstreamException Describe(McpServerConfig config, Exception error, string diagnostics)
    {
        (string message, string cure) = error switch
        {
            UpstreamException known => (known.Message, known.Cure),
            ProcessStartException start => (start.Message, start.Cure),
            _ when Find<SignInException>(error) is { } login => (login.Message, login.Cure),
            MissingCredentialException missing => (missing.Message, missing.Cure),
            _ when Find<CredentialException>(error) is { } kept => (kept.Message, config.CredentialPerClient && !config.ClientVariables.IsEmpty
                ? $"'bridge servers credential set {config.VerbArguments}' keeps it anew."
                : $"'bridge servers login {config.VerbArguments}' makes a new login."),
            _ when Find<HttpRequestException>(error) is { } http => DescribeHttp(config, http),
            McpProtocolException refused => ($"It refused to initialize: {refused.Message}", "Check its own log; the server may want other arguments."),
            TimeoutException => ($"It did not answer within {config.StartTimeout.TotalSeconds:0.#} s.", Patience(config)),
            IOException when config.Transport == McpTransport.Stdio => ("It closed its output before it was initialized.", "Run its command in a terminal to see why."),
            _ => ($"{error.Message}", "Check that it is an MCP server and its address or command."),
        };
        // Who shows this names the server.
        string said = LastLines(diagnostics);
        string sentence = $"{char.ToUpperInvariant(message[0])}{message.AsSpan(1).TrimEnd('.')}.";
        return new UpstreamException(said.Length == 0 ? sentence : $"{sentence} It said: {said}", cure, error);
    }

    public static UpstreamException Late(McpServerConfig config, string step, string diagnostics) =>
        Describe(config, new UpstreamException($"It did not answer '{step}' within {config.StartTimeout.TotalSeconds:0.#} s", Patience(config)), diagnostics);

    public static T? Find<T>(Exception? error)
        where T : Exception
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is T found)
            {
                return found;
            }

            if (error is AggregateException { InnerExceptions: var several } && several.Select(Find<T>).FirstOrDefault(inner => inner is not null) is { } one)
            {
                return one;
            }

            if (error is ClientTransportClosedException { Details.Exception: { } cause } && Find<T>(cause) is { } behind)
            {
                return behind;
            }
        }

        return null;
    }

    private static (string Message, string Cure) DescribeHttp(McpServerConfig config, HttpRequestException error) => error.StatusCode switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when config is { Client: { } client, ClientVariables.IsEmpty: false } => ($"{config.Url} refuses the credential of '{client}' (HTTP {(int)error.StatusCode})", $"Check it and when it ends; 'bridge servers credential set {config.VerbArguments}' changes it."),
        HttpStatusCode.Unauthorized when config.HasAuthorization => ($"{config.Url} refuses the credential in 'headers' (HTTP 401)", "Check the credential and when it ends; without it, 'bridge servers login' can sign in."),
        HttpStatusCode.Unauthorized => ($"{config.Url} needs login (HTTP 401)", $"Run 'bridge servers login {config.VerbArguments}', or put a credential into 'headers', such as {{ \"Authorization\": \"Bearer ${{TOKEN}}\" }}."),
        HttpStatusCode.Forbidden when config.HasAuthorization => ($"{config.Url} refuses the credential (HTTP 403)", "Check the credential in 'headers' and what it allows."),
        HttpStatusCode.Forbidden => ($"{config.Url} refuses access (HTTP 403)", $"The login may allow too little: 'bridge servers login {config.VerbArguments}' asks for what the server wants."),
        HttpStatusCode.NotFound => ($"{config.Url} is not an MCP endpoint (HTTP 404)", "Correct the path of 'url'; it often ends with /mcp or /sse."),
        >= HttpStatusCode.Moved and < HttpStatusCode.BadRequest => ($"{config.Url} redirects to another place (HTTP {(int)error.StatusCode})", "Write the address it redirects to into 'url', if you trust it."),
        { } status => ($"{config.Url} answered HTTP {(int)status}", "Check that the address is that of an MCP server."),
        null when error.HttpRequestError == HttpRequestError.NameResolutionError => ($"the host '{config.Url?.Host}' is not known", "Check the spelling of 'url' and the network."),
        null when error.HttpRequestError == HttpRequestError.SecureConnectionError => ($"the connection to {config.Url} is not trusted", "Check its certificate."),
        null => ($"{config.Url} cannot be reached: {error.Message}", "Start the server, or correct 'url'."),
    };

    private static string Patience(McpServerConfig config) => config.Transport == McpTransport.Stdio
        ? "Run its command in a terminal to see what it waits for; a slow first start needs a larger 'startTimeout'."
        : "Check that the server is up; a slow one needs a larger 'startTimeout'.";

    private static string LastLines(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string tail = string.Join(" | ", lines.TakeLast(3));
        return tail.Length > 500 ? tail[^500..] : tail;
    }
}
