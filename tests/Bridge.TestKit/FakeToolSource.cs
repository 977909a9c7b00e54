using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Catalog;
using Bridge.Tools;

namespace Bridge.TestKit;

/// <summary>A source whose tools do what the test says.</summary>
public sealed class FakeToolSource(string id = "fake") : IToolSource
{
    /// <summary>A schema that takes any object.</summary>
    public const string AnyObject = """{"type":"object"}""";

    /// <summary>What a tool does when it is called.</summary>
    public delegate Task<ToolResult> Handler(ToolCall call, CallContext context, CancellationToken cancellationToken);

    private readonly ConcurrentDictionary<string, Handler> _handlers = new(StringComparer.Ordinal);
    private ImmutableList<Tool> _tools = [];

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    public SourceScope Scope { get; init; }

    /// <inheritdoc/>
    public SourceStatus Status { get; private set; } = SourceStatus.Ready;

    /// <summary>The calls that arrived, in order.</summary>
    public ConcurrentQueue<ToolCall> Calls { get; } = new();

    /// <summary>How often the tools were listed.</summary>
    public int Listings { get; private set; }

    /// <summary>Adds a tool that does what the handler does.</summary>
    public Tool Add(string name, Handler handler, string schema = AnyObject, ToolAnnotations? annotations = null, string? outputSchema = null, string description = "")
    {
        using JsonDocument input = JsonDocument.Parse(schema);
        using JsonDocument? output = outputSchema is null ? null : JsonDocument.Parse(outputSchema);
        Tool tool = Tool.Create(new ToolId(id, name), description, input.RootElement)
            .With(outputSchema: output?.RootElement, annotations: annotations);
        _handlers[name] = handler;
        _tools = _tools.RemoveAll(known => known.Id == tool.Id).Add(tool);
        Changed?.Invoke();
        return tool;
    }

    /// <summary>Adds a tool that always answers the same text.</summary>
    public Tool Add(string name, string answer = "ok", string schema = AnyObject, ToolAnnotations? annotations = null, string description = "") =>
        Add(name, (_, _, _) => Task.FromResult(ToolResult.FromText(answer)), schema, annotations, description: description);

    /// <summary>Takes a tool away.</summary>
    public void Remove(string name)
    {
        _tools = _tools.RemoveAll(tool => tool.Id.Name == name);
        Changed?.Invoke();
    }

    /// <summary>Changes how the source is.</summary>
    public void Become(SourceState state, string? detail = null)
    {
        Status = new SourceStatus(state, detail);
        Changed?.Invoke();
    }

    /// <summary>A tool with this source, as a catalog would hold it.</summary>
    public CatalogEntry Entry(string name) => new(_tools.Single(tool => tool.Id.Name == name), this);

    /// <inheritdoc/>
    public Task<ToolListing> ListAsync(CallContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Listings++;
        return Task.FromResult(new ToolListing([.. _tools], []));
    }

    /// <inheritdoc/>
    public Task<ToolResult> CallAsync(ToolCall call, CallContext context, CancellationToken cancellationToken)
    {
        Calls.Enqueue(call);
        return _handlers[call.Tool.Id.Name](call, context, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
