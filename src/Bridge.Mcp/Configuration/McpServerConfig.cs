using System.Collections.Immutable;
using System.Text;
using Bridge.Configuration;
using Bridge.Tools;

namespace Bridge.Mcp.Configuration;

/// <summary>One MCP server as the user wrote it. Immutable.</summary>
public sealed record McpServerConfig
{
    /// <summary>The source's id, <c>[a-z0-9][a-z0-9-]{0,31}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name as the user wrote it; the id is derived from it.</summary>
    public string? Name { get; init; }

    /// <summary>How the server is reached.</summary>
    public McpTransport Transport { get; init; }

    /// <summary>The executable of a stdio server: a path, or a name looked up in PATH.</summary>
    public string? Command { get; init; }

    /// <summary>The arguments of the executable, passed on as they are: no shell reads them.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Variables for the process beside the few that every process gets.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = NoPairs;

    /// <summary>The folder the process starts in; <see langword="null"/> for Bridge's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The address of an HTTP server.</summary>
    public Uri? Url { get; init; }

    /// <summary>Headers sent with every HTTP request, credentials among them.</summary>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } = NoPairs;

    /// <summary>How to sign in with OAuth; <see langword="null"/> when nothing was written.</summary>
    public McpOAuthConfig? OAuth { get; init; }

    /// <summary>Whether identities share one process or session.</summary>
    /// <value>When not set, shared for stdio, per identity for HTTP.</value>
    public SourceScope? Scope { get; init; }

    /// <summary>Whether every client shows the server a credential of its own, and no other's; each then has a connection of its own too.</summary>
    public bool CredentialPerClient { get; init; }

    /// <summary>The names of the values that every client has for itself: <c>${client:NAME}</c> in variables, headers and arguments stands for them.</summary>
    /// <value>When empty, clients with credentials of their own sign in.</value>
    public ImmutableArray<string> ClientVariables { get; init; } = [];

    /// <summary>What is configured of single clients (<c>local</c>, <c>key:ID</c>, <c>user:SUBJECT</c>), and by <c>*</c> of those that have nothing of their own.</summary>
    public ImmutableSortedDictionary<string, McpClientCredential> Clients { get; init; } = NoClients;

    /// <summary>The user switched the server off.</summary>
    public bool Disabled { get; init; }

    /// <summary>How long connecting, initializing and listing may take together.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one call may take; <see langword="null"/> for the limits of the door alone.</summary>
    public TimeSpan? CallTimeout { get; init; }

    /// <summary>Whether <see cref="Headers"/> hold a credential: then no login takes its place.</summary>
    public bool HasAuthorization => Headers.Keys.Contains("Authorization", StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether tools may have arguments that hold secrets repeated in headers, where whoever stands between reads them.</summary>
    /// <value>The default is <see langword="false"/>: such tools are kept away.</value>
    public bool SecretsInHeaders { get; init; }

    /// <summary>Keys of other programs found in the entry; they are kept and have no effect.</summary>
    public ImmutableArray<string> ForeignKeys { get; init; } = [];

    /// <summary>What keeps the server from being used; empty when nothing does.</summary>
    public ImmutableArray<ConfigProblem> Errors { get; init; } = [];

    /// <summary>What was ignored or changed, and why.</summary>
    public ImmutableArray<ConfigProblem> Warnings { get; init; } = [];

    /// <summary>The scope that holds: per identity where credentials are, else the configured one, else the transport's default.</summary>
    public SourceScope EffectiveScope => CredentialPerClient ? SourceScope.PerIdentity : Scope ?? (Transport == McpTransport.Stdio ? SourceScope.Shared : SourceScope.PerIdentity);

    /// <summary>An empty set of pairs, ordered by ordinal key.</summary>
    internal static ImmutableSortedDictionary<string, string> NoPairs { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>An empty set of clients.</summary>
    internal static ImmutableSortedDictionary<string, McpClientCredential> NoClients { get; } =
        ImmutableSortedDictionary.Create<string, McpClientCredential>(StringComparer.Ordinal);

    /// <summary>The client whose credential is shown; <see langword="null"/> where there is one for all, or none was put in yet.</summary>
    internal string? Client { get; private init; }

    /// <summary>The server and the client as 'bridge servers' verbs take them.</summary>
    internal string VerbArguments => Client is null or "local" ? Id : $"{Id} --for {ClientNames.Quoted(Client)}";

    /// <summary>The server as one client sees it.</summary>
    /// <param name="client">The client whose credential is shown.</param>
    /// <param name="values">Its values.</param>
    internal McpServerConfig With(string client, IReadOnlyDictionary<string, string> values) => this with
    {
        Client = client,
        Arguments = [.. Arguments.Select(text => Configuration.ClientVariables.Fill(text, values))],
        Environment = Fill(Environment, values),
        Headers = Fill(Headers, values),
    };

    /// <summary>A server that Bridge starts.</summary>
    /// <param name="id">The source's id.</param>
    /// <param name="command">The executable.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The configuration.</returns>
    public static McpServerConfig Stdio(string id, string command, params IEnumerable<string> arguments) =>
        new() { Id = id, Transport = McpTransport.Stdio, Command = command, Arguments = [.. arguments] };

    /// <summary>A server behind a URL: Streamable HTTP, or legacy SSE where the server speaks only that.</summary>
    /// <param name="id">The source's id.</param>
    /// <param name="url">The address.</param>
    /// <returns>The configuration.</returns>
    public static McpServerConfig Http(string id, Uri url) => new() { Id = id, Transport = McpTransport.Http, Url = url };

    /// <summary>Whether the other configuration would run the same server in the same way.</summary>
    /// <param name="other">The other configuration.</param>
    /// <returns><see langword="true"/> when a running server may be kept.</returns>
    public bool IsSameServer(McpServerConfig other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Fingerprint() == other.Fingerprint();
    }

    /// <inheritdoc/>
    public override string ToString() => Id; // never the headers or variables: they hold credentials

    private static ImmutableSortedDictionary<string, string> Fill(ImmutableSortedDictionary<string, string> pairs, IReadOnlyDictionary<string, string> values) =>
        pairs.SetItems(pairs.Select(pair => KeyValuePair.Create(pair.Key, Configuration.ClientVariables.Fill(pair.Value, values))));

    private string Fingerprint()
    {
        var text = new StringBuilder();
        void Add(params IEnumerable<object?> parts)
        {
            foreach (object? part in parts)
            {
                string value = part?.ToString() ?? "\0";
                text.Append(value.Length).Append(':').Append(value).Append(';');
            }
        }

        Add(Id, Transport, Command, WorkingDirectory, Url?.OriginalString, EffectiveScope, Disabled, StartTimeout, CallTimeout, SecretsInHeaders);
        Add(Arguments);
        Add("|");
        Add(Environment.SelectMany(pair => new[] { pair.Key, pair.Value }));
        Add("|");
        Add(Headers.SelectMany(pair => new[] { pair.Key, pair.Value }));
        Add("|");
        Add(OAuth?.ClientId, OAuth?.ClientSecret, OAuth?.ClientMetadataUrl, OAuth?.CallbackPort, OAuth is null);
        Add(OAuth?.Scopes ?? []);
        Add("|");
        Add(OAuth?.AllowedOrigins ?? []);
        Add(Errors);
        Add("|");
        Add(CredentialPerClient, Client);
        Add(ClientVariables);
        foreach ((string client, McpClientCredential credential) in Clients)
        {
            Add("|");
            Add(client, credential.Uses);
            Add(credential.Values.SelectMany(pair => new[] { pair.Key, pair.Value }));
        }

        return text.ToString();
    }
}
