using Bridge.Configuration;
using Bridge.Mcp.Listing;
using Bridge.Policy;
using Microsoft.AspNetCore.Http;

namespace Bridge.Http.Gateway;

/// <summary>Reads from an address what a client asks to see: <c>/mcp/SERVER?mode=search&amp;tools=files/*</c>.</summary>
internal static class AskedView
{
    private const int MaxPatterns = 64;

    /// <summary>Reads it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="problem">What is wrong with the address; <see langword="null"/> when nothing is.</param>
    /// <returns>What the client asks to see.</returns>
    public static GatewayView Read(HttpRequest request, out string? problem)
    {
        problem = null;
        string mode = request.Query["mode"].ToString();
        var view = new GatewayView(request.RouteValues["server"] as string);
        if (request.Query.ContainsKey("mode"))
        {
            if (!Enum.TryParse(mode, ignoreCase: true, out GatewayMode named) || char.IsAsciiDigit(mode[0]))
            {
                problem = $"'mode' must be one of '{string.Join("', '", Enum.GetNames<GatewayMode>()).ToLowerInvariant()}'.";
                return view;
            }

            view = view with { Mode = named };
        }

        if (request.Query.ContainsKey("tools"))
        {
            string[] patterns = request.Query["tools"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (patterns.Length is 0 or > MaxPatterns)
            {
                problem = $"'tools' must be 1 to {MaxPatterns} ids or globs over ids with commas between, such as 'files/*'.";
                return view;
            }

            view = view with { Tools = ToolSubset.Of(patterns) };
        }

        return view;
    }
}
