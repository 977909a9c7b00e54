using System.Text;

namespace Bridge.Mcp.SignIn;

/// <summary>What Bridge is to one authorization server.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="Secret">Its secret; <see langword="null"/> for a public client.</param>
/// <param name="Method">How it proves who it is.</param>
/// <param name="Redirect">Where the browser is sent back to, exactly.</param>
/// <param name="Expires">When the secret ends.</param>
internal sealed record OAuthClient(string Id, string? Secret, string Method, string Redirect, DateTimeOffset? Expires)
{
    public const string None = "none";
    public const string Basic = "client_secret_basic";
    public const string Post = "client_secret_post";

    /// <summary>The method for a secret that a server takes; it is not asked for others.</summary>
    public static string MethodOf(string? secret, IReadOnlyList<string> offered) =>
        secret is null ? None : offered.Contains(Basic, StringComparer.Ordinal) || !offered.Contains(Post, StringComparer.Ordinal) ? Basic : Post;

    /// <summary>Adds the client to a request.</summary>
    public void Sign(HttpRequestMessage request, Dictionary<string, string> form)
    {
        if (Method == Basic && Secret is not null)
        {
            string pair = $"{Uri.EscapeDataString(Id)}:{Uri.EscapeDataString(Secret)}";
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
            return;
        }

        form["client_id"] = Id;
        if (Secret is not null)
        {
            form["client_secret"] = Secret;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Id; // never the secret
}
