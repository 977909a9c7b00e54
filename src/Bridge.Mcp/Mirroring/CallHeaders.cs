namespace Bridge.Mcp.Mirroring;

/// <summary>The headers of the call that is being sent: the SDK's transport makes its requests itself, and they flow along with them.</summary>
internal static class CallHeaders
{
    private static readonly AsyncLocal<IReadOnlyList<KeyValuePair<string, string?>>?> s_current = new();

    /// <summary>Those of the call that is being sent here; <see langword="null"/> for none.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>>? Current => s_current.Value;

    /// <summary>Says them for whatever the asynchronous method that calls this sends, until it ends.</summary>
    /// <param name="headers">The headers; a name without a value must not be among them, whoever configured it.</param>
    public static void Carry(IReadOnlyList<KeyValuePair<string, string?>> headers) => s_current.Value = headers;

    /// <summary>Puts them into a request.</summary>
    /// <param name="request">The request.</param>
    public static void AddTo(HttpRequestMessage request)
    {
        foreach ((string name, string? value) in Current ?? [])
        {
            request.Headers.Remove(name);
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
