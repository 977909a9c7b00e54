using System.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>The resources.</summary>
internal static class FixtureResources
{
    public static IEnumerable<McpServerResource> All() =>
    [
        Create(() => "This is the content of the static text resource.", "test://static-text", "Static Text Resource", "text/plain"),
        Create(() => new BlobResourceContents { Uri = "test://static-binary", MimeType = "image/png", Blob = Encoding.UTF8.GetBytes(FixtureTools.Png) }, "test://static-binary", "Static Binary Resource", "image/png"),
        Create((string id) => new TextResourceContents { Uri = $"test://template/{id}/data", MimeType = "application/json", Text = $$"""{"id":"{{id}}","templateTest":true,"data":"Data for ID: {{id}}"}""" }, "test://template/{id}/data", "Resource Template", "application/json"),
        Create(() => "Watched resource content", "test://watched-resource", "Watched Resource", "text/plain"),
    ];

    private static McpServerResource Create(Delegate method, string uri, string name, string mimeType) =>
        McpServerResource.Create(method, new McpServerResourceCreateOptions { UriTemplate = uri, Name = name, MimeType = mimeType });
}
