using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Tools;

/// <summary>.NET functions as tools.</summary>
public sealed class FunctionToolSource : IToolSource
{
    private readonly ImmutableDictionary<string, AIFunction> _functions;
    private readonly ToolListing _listing;
    private readonly IServiceScopeFactory? _scopes;

    /// <summary>Makes a source of functions.</summary>
    /// <param name="id">The source's id.</param>
    /// <param name="functions">The functions; their names must differ.</param>
    /// <param name="services">What the functions may ask for; each call has a scope of its own. <see langword="null"/> for nothing.</param>
    public FunctionToolSource(string id, IEnumerable<AIFunction> functions, IServiceProvider? services = null)
    {
        Id = id;
        _scopes = services?.GetService<IServiceScopeFactory>();
        _functions = functions.ToImmutableDictionary(function => function.Name, StringComparer.Ordinal);
        _listing = new ToolListing([.. _functions.Values.OrderBy(function => function.Name, StringComparer.Ordinal).Select(ToTool)], []);
    }

    /// <inheritdoc/>
    public event Action? Changed
    {
        add { }
        remove { }
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public SourceScope Scope => SourceScope.Shared;

    /// <inheritdoc/>
    public SourceStatus Status => SourceStatus.Ready;

    /// <inheritdoc/>
    public Task<ToolListing> ListAsync(CallContext context, CancellationToken cancellationToken) => Task.FromResult(_listing);

    /// <inheritdoc/>
    public async Task<ToolResult> CallAsync(ToolCall call, CallContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (_scopes is null)
        {
            return await CallAsync(call, services: null, cancellationToken).ConfigureAwait(false);
        }

        AsyncServiceScope scope = _scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            return await CallAsync(call, scope.ServiceProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<ToolResult> CallAsync(ToolCall call, IServiceProvider? services, CancellationToken cancellationToken)
    {
        var arguments = new AIFunctionArguments { Services = services };
        foreach (JsonProperty property in call.ParseArguments().EnumerateObject())
        {
            arguments[property.Name] = property.Value;
        }

        try
        {
            object? result = await _functions[call.Tool.Id.Name].InvokeAsync(arguments, cancellationToken).ConfigureAwait(false);
            return ToResult(result);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return ToolResult.FromText($"The function '{call.Tool.Id.Name}' failed: {error.Message}", isError: true);
        }
    }

    private static ToolResult ToResult(object? result) => result switch
    {
        null => ToolResult.FromText(""),
        ToolResult ready => ready,
        string text => ToolResult.FromText(text),
        AIContent content => new ToolResult { Content = [content] },
        IEnumerable<AIContent> contents => new ToolResult { Content = [.. contents] },
        JsonElement { ValueKind: JsonValueKind.String } json => ToolResult.FromText(json.GetString()!),
        JsonElement { ValueKind: JsonValueKind.Object } json => new ToolResult { Content = [new TextContent(Compact(json))], Structured = json },
        JsonElement json => ToolResult.FromText(Compact(json)),
        _ => ToolResult.FromText(Convert.ToString(result, System.Globalization.CultureInfo.InvariantCulture) ?? ""),
    };

    private static string Compact(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private Tool ToTool(AIFunction function) =>
        Tool.Create(new ToolId(Id, function.Name), function.Description, function.JsonSchema);
}
