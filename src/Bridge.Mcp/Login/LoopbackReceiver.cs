using System.Collections.Specialized;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Bridge.Mcp.SignIn;

namespace Bridge.Mcp.Login;

/// <summary>Waits on one port of 127.0.0.1 for the browser to come back (RFC 8252), once, with the state it was sent away with.</summary>
internal sealed class LoopbackReceiver : IDisposable
{
    private const string Path = "/callback";
    private const int Attempts = 10;

    private readonly HttpListener _listener;

    private LoopbackReceiver(HttpListener listener, int port)
    {
        _listener = listener;
        Redirect = new Uri($"http://127.0.0.1:{port}{Path}");
    }

    /// <summary>Where the browser is sent back to, exactly.</summary>
    public Uri Redirect { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="configured">The port to listen at; <see langword="null"/> for any.</param>
    /// <param name="preferred">The port of a registration, to be used again if it is free.</param>
    /// <exception cref="SignInException">The port is taken.</exception>
    public static LoopbackReceiver Open(int? configured, int? preferred)
    {
        for (int attempt = 0; ; attempt++)
        {
            int port = configured ?? (attempt == 0 ? preferred : null) ?? FreePort();
            var listener = new HttpListener { IgnoreWriteExceptions = true };
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return new LoopbackReceiver(listener, port);
            }
            catch (HttpListenerException error)
            {
                listener.Close();
                if (configured is not null || attempt == Attempts)
                {
                    throw new SignInException($"Nothing can listen at 127.0.0.1:{port}: {error.Message}", "End the program that uses the port, or change 'oauth.callbackPort'.", error);
                }
            }
        }
    }

    /// <summary>Waits for the answer; whatever comes with another state, or twice the same parameter, is refused and not the answer.</summary>
    /// <param name="state">What the browser was sent away with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<AuthorizationAnswer> WaitAsync(string state, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration stop = cancellationToken.Register(_listener.Abort);
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (cancellationToken.IsCancellationRequested && error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                throw new OperationCanceledException(cancellationToken);
            }

            AuthorizationAnswer? answer = Read(context.Request, state);
            string text = answer is null ? "This is not the answer to a login that Bridge waits for."
                : answer.Code is null ? "The login was refused. You can close this window."
                : "You can close this window and go back to the terminal.";
            await ReplyAsync(context.Response, answer is null ? HttpStatusCode.BadRequest : HttpStatusCode.OK, text).ConfigureAwait(false);
            if (answer is not null)
            {
                return answer;
            }
        }
    }

    public void Dispose() => _listener.Close();

    private AuthorizationAnswer? Read(HttpListenerRequest request, string state)
    {
        NameValueCollection query = request.QueryString;
        bool isOurs = request.HttpMethod == "GET" && request.Url?.AbsolutePath == Path
            && request.UserHostName == Redirect.Authority
            && query.AllKeys.All(key => key is not null && query.GetValues(key) is { Length: 1 })
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(query["state"] ?? ""), Encoding.UTF8.GetBytes(state));
        bool hasAnswer = string.IsNullOrEmpty(query["code"]) != string.IsNullOrEmpty(query["error"]);
        return isOurs && hasAnswer ? new AuthorizationAnswer(query["code"], query["iss"], query["error"]) : null;
    }

    private static async Task ReplyAsync(HttpListenerResponse response, HttpStatusCode status, string text)
    {
        try
        {
            response.StatusCode = (int)status;
            response.ContentType = "text/plain; charset=utf-8";
            response.KeepAlive = false;
            response.Headers["Referrer-Policy"] = "no-referrer"; // the code stands in the address
            response.Headers["Cache-Control"] = "no-store";
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text + "\n")).ConfigureAwait(false);
            response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The browser hung up; what it brought counts all the same.
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
