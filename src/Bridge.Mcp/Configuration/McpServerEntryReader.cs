using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Tools;

namespace Bridge.Mcp.Configuration;

/// <summary>Reads one entry of the server list; whatever is wrong with it hurts this entry only.</summary>
internal sealed class McpServerEntryReader(ConfigFileContent file, ConfigFileVariables variables)
{
    private static readonly string[] s_urlKeys = ["url", "serverUrl", "httpUrl"];

    private static readonly string[] s_keys =
    [
        "command", "args", "env", "cwd", "url", "serverUrl", "httpUrl", "type", "transport",
        "headers", "oauth", "scope", "disabled", "startTimeout", "callTimeout", "secretsInHeaders", "credentials", "clients",
    ];

    private static readonly string[] s_unsafeKeys = ["autoApprove", "alwaysAllow", "trust"];

    // Other programs write it with members of their own; it is no slip of 'oauth'.
    private const string OtherSignIn = "auth";

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(file.Path))!;

    public McpServerConfig Read(string root, string name, JsonNode? node)
    {
        string path = ConfigFileContent.Member(root, name);
        var problems = new List<ConfigProblem>();
        var warnings = new List<ConfigProblem>();
        var config = new McpServerConfig { Id = McpServerId.FromName(name), Name = name };
        if (node is not JsonObject written)
        {
            problems.Add(new ConfigProblem("wrong-type", file.Location(path), "The server is not an object.", "Write { \"command\": … } or { \"url\": … }."));
            return config with { Errors = [.. problems] };
        }

        bool disabled = written["disabled"] is JsonValue off && off.TryGetValue(out bool isOff) && isOff;
        ImmutableArray<string> foreign = Foreign(written, path, problems, warnings);
        ImmutableArray<string> ofClients = McpClientsReader.FindVariables(
            written, (key, message, cure) => problems.Add(new ConfigProblem("client-variable", file.Location(ConfigFileContent.Member(path, key)), message, cure)));
        var entry = new ConfigEntry((JsonObject)variables.Expand(written, file, path, problems, ClientVariables.Prefix)!, path, file, problems);
        if (config.Id != name)
        {
            warnings.Add(new ConfigProblem("renamed-server", file.Location(path), $"The name '{name}' is not an id; its tools are called '{config.Id}/…'.", "Use lower-case letters, digits and '-' to choose the id yourself."));
        }

        config = config with
        {
            Disabled = entry.Flag("disabled") ?? false,
            StartTimeout = entry.Duration("startTimeout") ?? config.StartTimeout,
            CallTimeout = entry.Duration("callTimeout"),
            Scope = ReadScope(entry),
            SecretsInHeaders = entry.Flag("secretsInHeaders") ?? false,
            ClientVariables = ofClients,
        };
        config = McpClientsReader.Read(entry.Has("command") ? ReadStdio(config, entry) : ReadHttp(config, entry), entry);
        return config with
        {
            ForeignKeys = foreign,
            Errors = disabled ? [] : [.. problems], // nobody needs the variables of a server that is switched off
            Warnings = [.. warnings],
        };
    }

    private McpServerConfig ReadStdio(McpServerConfig config, ConfigEntry entry)
    {
        if (s_urlKeys.FirstOrDefault(entry.Has) is { } url)
        {
            entry.Report("command-and-url", url, $"The server has both 'command' and '{url}'.", "Keep 'command' for a process, the address for a remote server.");
        }

        if (ReadType(entry) is { } type && type != McpTransport.Stdio)
        {
            entry.Report("wrong-type", "type", "A server with a 'command' is of type 'stdio'.", "Remove 'type', or use 'url' instead of 'command'.");
        }

        string? command = entry.Text("command");
        if (command is { Length: 0 })
        {
            entry.Report("empty-value", "command", "The command is empty.", "Name the executable that runs the server.");
        }

        return config with
        {
            Transport = McpTransport.Stdio,
            Command = command is null ? null : Rooted(command),
            Arguments = entry.Texts("args"),
            Environment = entry.Pairs("env"),
            WorkingDirectory = entry.Text("cwd") is { Length: > 0 } cwd ? Path.GetFullPath(cwd, _folder) : null,
        };
    }

    private static McpServerConfig ReadHttp(McpServerConfig config, ConfigEntry entry)
    {
        string[] present = [.. s_urlKeys.Where(entry.Has)];
        if (present.Length != 1)
        {
            entry.Report(
                present.Length == 0 ? "missing-key" : "several-urls",
                "",
                present.Length == 0 ? "The server has neither 'command' nor 'url'." : $"The server has several addresses: {string.Join(", ", present)}.",
                "Give a 'command' for a process, or one 'url' for a remote server.");
            return config;
        }

        McpTransport transport = ReadType(entry) ?? (present[0] == "httpUrl" ? McpTransport.StreamableHttp : McpTransport.Http);
        if (transport == McpTransport.Stdio)
        {
            entry.Report("wrong-type", "type", "A server with an address is not of type 'stdio'.", "Use 'http' or 'sse', or give a 'command'.");
        }

        string text = entry.Text(present[0]) ?? "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            entry.Report("invalid-url", present[0], "The address is not an http or https URL.", "Write it whole, such as https://example.org/mcp.");
        }

        return config with
        {
            Transport = transport,
            Url = url,
            Headers = entry.Pairs("headers"),
            OAuth = entry.Section("oauth") is { } oauth ? McpOAuthReader.Read(oauth) : null,
        };
    }

    private static McpTransport? ReadType(ConfigEntry entry)
    {
        string key = entry.Has("type") ? "type" : "transport";
        string? type = entry.Text(key);
        switch (type?.ToLowerInvariant())
        {
            case null:
                return null;
            case "stdio" or "local":
                return McpTransport.Stdio;
            case "http" or "remote":
                return McpTransport.Http;
            case "streamable-http" or "streamablehttp" or "streamable_http":
                return McpTransport.StreamableHttp;
            case "sse":
                return McpTransport.Sse;
            default:
                entry.Report("unknown-value", key, $"'{type}' is not a type of server.", "Use stdio, http, streamable-http or sse.");
                return null;
        }
    }

    private static SourceScope? ReadScope(ConfigEntry entry)
    {
        string? scope = entry.Text("scope");
        switch (scope)
        {
            case null:
                return null;
            case "shared":
                return SourceScope.Shared;
            case "identity":
                return SourceScope.PerIdentity;
            default:
                entry.Report("unknown-value", "scope", $"'{scope}' is not a scope.", "Use shared or identity.");
                return null;
        }
    }

    // A bare name is looked up in PATH; what looks like a path is one, seen from the file.
    private string Rooted(string command) =>
        command.Contains('/', StringComparison.Ordinal) || command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Path.GetFullPath(command, _folder)
            : command;

    private ImmutableArray<string> Foreign(JsonObject written, string path, List<ConfigProblem> problems, List<ConfigProblem> warnings)
    {
        var foreign = ImmutableArray.CreateBuilder<string>();
        foreach (string key in written.Select(pair => pair.Key).Where(key => !s_keys.Contains(key, StringComparer.Ordinal)).ToArray())
        {
            string location = file.Location(ConfigFileContent.Member(path, key));
            if (s_unsafeKeys.Contains(key, StringComparer.Ordinal))
            {
                warnings.Add(new ConfigProblem("ignored-key", location, $"'{key}' would weaken approval and is ignored.", "Use the section 'Bridge:Approval' or 'Bridge:Tools' of appsettings.json instead."));
            }
            else if (key != OtherSignIn && ConfigFileKeys.NearMiss(key, s_keys) is { } meant)
            {
                problems.Add(new ConfigProblem("unknown-key", location, $"'{key}' is not a key of a server.", $"Did you mean '{meant}'?"));
            }
            else
            {
                foreign.Add(key);
                continue;
            }

            written.Remove(key);
        }

        // What is not read must not fail for a variable nobody set.
        foreach (string key in foreign)
        {
            written.Remove(key);
        }

        return foreign.ToImmutable();
    }
}
