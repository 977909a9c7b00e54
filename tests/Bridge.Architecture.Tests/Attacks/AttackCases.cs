namespace Bridge.Architecture.Tests.Attacks;

/// <summary>The attacks that concern the gateway, by what they begin at.</summary>
internal static class AttackCases
{
    private const string NoSignIn = "Bridge signs in to no server with OAuth yet; it sends the headers that `mcp.json` says.";

    public static IReadOnlyList<(string Title, AttackCase[] Cases)> All { get; } =
    [
        ("HTTP",
        [
            new("H1", "A web page reaches the loopback port under a name of its own (DNS rebinding)", "Answers 403 to every `Host` that is not a name of this server; `X-Forwarded-Host` is not believed"),
            new("H2", "A foreign page's script sends requests", "Answers 403 to every `Origin` that is not allowed, `null` too; requests without one pass"),
            new("H3", "The address nobody thought of lets in what the others refuse", "The same guards stand before every address"),
            new("H4", "A mangled `Host` gets past a rule on paths", "Refuses it before anything runs"),
            new("H5", "The default start is open to others", "Listens on loopback with a key made at random, which is demanded there too, and does not start open to others without key and encryption"),
            new("H6", "A client sends headers that proxies use among themselves", "They let nobody in and change no server"),
            new("H7", "A client's credentials, cookies and session leak to a server", "A server gets the headers that `mcp.json` says and none of the client's"),
            new("H8", "A server redirects to another place to collect credentials", "Follows redirects within the same origin only; elsewhere nothing is sent"),
            new("H9", "A body that never comes, a line or body without end", "Bounds time, rate and size", "Ten thousand idle streams were not tried; the number of connections is bounded."),
            new("H10", "A form of a foreign page posts text", "Answers 415 to everything but `application/json`"),
        ]),
        ("Headers and bodies",
        [
            new("B1", "The header names a harmless tool, the body another", "Refuses the message, or goes by the body where the revision knows no such header"),
            new("B2", "Header and body name different revisions, or one names none", "Refuses the message"),
            new("B3", "An encoded header with wrong padding, encoded twice, or with a line end in it", "Refuses the message; what is decoded goes into no header"),
            new("B4", "A tool wants its arguments in headers of a wrong, reserved or repeated name", null, "Not built yet: Bridge does not look at `x-mcp-header`."),
            new("B5", "A tool wants a secret argument in a header", null, "Not built yet: Bridge does not look at `x-mcp-header`."),
        ]),
        ("Messages and schemas",
        [
            new("J1", "A member in a second spelling, which another reader would take", "Refuses the message; in schemas and arguments such members are others"),
            new("J2", "A member twice", "Refuses it at every level, in messages, arguments, schemas, configuration and tokens"),
            new("J3", "Ids that meet: of two clients, a number and its text, one in use", "Every answer goes to its own request; an id in use is refused"),
            new("J4", "Batches, NUL, half characters, endless nesting and numbers", "Refuses them with a clean error; the session lives on"),
            new("J5", "An answer to a question nobody asked", "Drops it", "An answer of a server to nothing, or after its call was cancelled; and that such answers are logged."),
            new("J6", "A schema that refers to files or addresses, never ends, or grows without bound", "Fetches nothing; the tool is kept away with its reason and its neighbours work"),
            new("J7", "Names and texts made of grammar", "They stay text in schemas and grammars"),
            new("J8", "A result of an unknown kind", "Is a failed call, not a result"),
        ]),
        ("Sessions and clients",
        [
            new("S1", "Another client uses a session, a state, or a kept result", "It is not found"),
            new("S2", "A second stream takes a session over", "Leaves the first open"),
            new("S3", "Two clients meet in one session of a server", "Servers over HTTP get a session for each client"),
            new("S4", "A list made for one client is shown to another", "Every client sees its own list, marked as private"),
            new("S5", "A server's token of one user serves another", null, "Does not apply yet: servers have one credential, of `mcp.json`, and none of a user."),
            new("S6", "A key or token that was withdrawn goes on working", "A revoked key ends within two seconds, a token whose key was withdrawn within ten minutes"),
            new("S7", "A changed, repeated or foreign state of a question", "Refuses it: a state serves once, for its client, tool and address", "That a state ends after five minutes."),
            new("S8", "A server asks what the client did not offer to answer", "Is told that nobody can be asked; where calls of two clients run, neither is asked", "Questions that open an address in a browser."),
            new("S9", "A kept answer is given to the wrong caller", null, "Does not apply: results of calls are not kept to answer other calls."),
        ]),
        ("Processes",
        [
            new("P1", "Somebody else's configuration starts a program", "Starts nothing of a folder that was not trusted or changed since, and shows before what it would start", "That no address of `serve` adds a server: there is none."),
            new("P2", "Arguments made for a shell", "No shell: they arrive as they are", "The rules of `.cmd` files on Windows."),
            new("P3", "A server reads secrets of the environment", "Gets a short list of variables and those configured for it"),
            new("P4", "A server that leaves children, does not stop, floods its output, or dies during a call", "Its whole group is ended, what it writes is bounded, the call fails alone, and it is started again with growing pauses"),
            new("P5", "Fifty first calls at once", "Start one process"),
            new("P6", "A thousand clients come and are killed", null, "Not tried yet."),
            new("P7", "A server names an address that runs a program when it is opened", null, "Does not apply: Bridge opens no browser."),
        ]),
        ("Tokens and addresses",
        [
            new("O1", "A server leads to addresses of the inner network", null, NoSignIn),
            new("O2", "An address changes between check and use", null, NoSignIn),
            new("O3", "A token of another issuer or for another server", "Refuses it: signature, issuer, audience and times must be right", "The answers of a server's own sign-in: " + NoSignIn),
            new("O4", "One client's consent serves another", null, NoSignIn),
            new("O5", "A forged way back from a sign-in", null, NoSignIn),
            new("O6", "Credentials of one issuer sent to another", null, NoSignIn),
            new("O7", "A server asks for more rights again and again", null, NoSignIn),
            new("O8", "A client's token is handed on to a server", "Never"),
        ]),
        ("What tools say of themselves",
        [
            new("M1", "Orders to models, hidden in descriptions", null, "Not shown yet. Bridge validates what a model proposes, whatever led to it; policy and approval hold for it."),
            new("M2", "A definition changes after it was trusted", "The tool does not run until somebody approves it", "It is still listed to clients of the gateway."),
            new("M3", "A name made to be taken for another's", "Names of the gateway begin with the server's, in plain letters; `bridge tools check` names invisible and look-alike letters"),
            new("M4", "A tool that deletes says that it only reads", "Hints can raise what is demanded of a call, never lower it"),
            new("M5", "A description stuffed with words, to be found first", null, "Not measured yet."),
            new("M6", "A description of 200 KB", "Is bounded in time; what does not fit a model is left out or refused, never cut silently"),
            new("M7", "Names that meet when they are joined or cut", "Stay apart and lead back to their tools"),
            new("M8", "Control characters for terminal and log", "What moves a cursor, turns the reading direction or cannot be seen is shown as U+FFFD"),
        ]),
        ("What tools answer",
        [
            new("R1", "A result with orders, tokens of a chat template, or Bridge's own words", "Stays data in the answer to the client", "What a model of yours makes of it in the prompt."),
            new("R2", "A result with an address that carries data away", "Fetches nothing"),
            new("R3", "A result that asks for another call", "Causes none; calls within calls are checked like any other and bounded in depth and number"),
            new("R4", "Structured content that breaks its schema", "Says so in the result", "Structured content that says something else than the text."),
            new("R5", "A result of 50 MB, or of ten thousand parts", "Is cut with a mark and a handle to read on"),
            new("R6", "A link to a file", "Is handed on and not followed"),
            new("R7", "Secrets in results, arguments and keys", "Are kept out of logs and the audit, and out of results where configured"),
        ]),
    ];
}
