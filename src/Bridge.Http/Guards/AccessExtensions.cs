using Bridge.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Bridge.Http.Guards;

/// <summary>Says what endpoints demand, and who called.</summary>
public static class AccessExtensions
{
    private static readonly object s_identity = new();

    /// <summary>Demands a key with a scope.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="scope">The scope, of <see cref="Identity.KeyScopes"/>.</param>
    /// <returns>The endpoint.</returns>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessMetadata(scope));

    /// <summary>Demands no key.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>The endpoint.</returns>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessMetadata(null));

    /// <summary>Counts the endpoint's requests as prompts, of which only so many run at once.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>The endpoint.</returns>
    public static TBuilder AsPromptWork<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new PromptWorkMetadata());

    /// <summary>The client that authenticated.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The client.</returns>
    /// <exception cref="InvalidOperationException">The endpoint is open to all, or the guards do not run before it.</exception>
    public static ClientIdentity BridgeIdentity(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.FindBridgeIdentity()
            ?? throw new InvalidOperationException("Nobody authenticated: call 'app.MapBridge()' before mapping endpoints that ask for the client.");
    }

    /// <summary>The client, or <see langword="null"/> where the address is open to all.</summary>
    internal static ClientIdentity? FindBridgeIdentity(this HttpContext context) => context.Items[s_identity] as ClientIdentity;

    internal static void SetBridgeIdentity(this HttpContext context, ClientIdentity identity) => context.Items[s_identity] = identity;
}
