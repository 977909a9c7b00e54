using System.Collections.Immutable;

namespace Bridge.Mcp.Configuration;

/// <summary>Reads the member <c>oauth</c> of a server.</summary>
internal static class McpOAuthReader
{
    private static readonly string[] s_known = ["clientId", "clientSecret", "clientMetadataUrl", "scopes", "callbackPort", "allowedOrigins"];

    public static McpOAuthConfig Read(ConfigEntry entry)
    {
        entry.ReportUnknown(s_known);
        var config = new McpOAuthConfig
        {
            ClientId = entry.Text("clientId"),
            ClientSecret = entry.Text("clientSecret"),
            Scopes = entry.Texts("scopes"),
            ClientMetadataUrl = ReadMetadataUrl(entry),
            CallbackPort = ReadPort(entry),
            AllowedOrigins = ReadOrigins(entry),
        };
        if (config.ClientSecret is not null && config.ClientId is null)
        {
            entry.Report("missing-key", "clientSecret", "A 'clientSecret' needs its 'clientId'.", "Give both, or none to have a client registered.");
        }

        return config;
    }

    // Its address is the client's id, so it must be one that others can read and nobody can change on the way.
    private static Uri? ReadMetadataUrl(ConfigEntry entry)
    {
        if (entry.Text("clientMetadataUrl") is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme == Uri.UriSchemeHttps && url.AbsolutePath.Length > 1)
        {
            return url;
        }

        entry.Report("invalid-url", "clientMetadataUrl", "The address is not an https URL with a path.", "Write it whole, such as https://example.org/bridge.json.");
        return null;
    }

    private static int? ReadPort(ConfigEntry entry)
    {
        if (entry.Text("callbackPort", scalar: true) is not { } text)
        {
            return null;
        }

        if (ushort.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ushort port) && port > 0)
        {
            return port;
        }

        entry.Report("wrong-type", "callbackPort", "The port is not a number from 1 to 65535.", "Write the port that the client was registered with.");
        return null;
    }

    private static ImmutableArray<Uri> ReadOrigins(ConfigEntry entry)
    {
        var origins = ImmutableArray.CreateBuilder<Uri>();
        foreach (string text in entry.Texts("allowedOrigins"))
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? origin) && origin.Scheme is "http" or "https" && origin is { AbsolutePath: "/", Query: "", UserInfo: "" })
            {
                origins.Add(origin);
            }
            else
            {
                entry.Report("invalid-url", "allowedOrigins", $"'{text}' is not an origin.", "Write scheme, host and port alone, such as https://login.example.org:8443.");
            }
        }

        return origins.ToImmutable();
    }
}
