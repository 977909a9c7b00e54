using System.Text;
using Bridge.Approval;
using Bridge.Audit;
using Bridge.Configuration;
using Bridge.Execution;
using Bridge.Outcomes;
using Bridge.Policy;
using Bridge.Storage;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Tests.Execution;

/// <summary>A door of real parts: only its source, its clock and its people are the test's.</summary>
internal sealed class DoorFixture
{
    private readonly Lazy<ToolExecutor> _door;

    public DoorFixture()
    {
        Monitor = new ChangingOptions<BridgeOptions>(Options);
        _door = new(() => new ToolExecutor(
            Rules,
            new PolicySet(Policies, PolicyLog),
            new ApprovalGate(new DefinitionPins(Store, Clock, new RecordingLogger<DefinitionPins>()), Clock, ApprovalLog),
            Audit,
            Clock,
            Log));
        _rules = new(() => new RulesMonitor(Monitor, PolicyRules, new RecordingLogger<RulesMonitor>()));
    }

    private readonly Lazy<RulesMonitor> _rules;

    public PolicyState PolicyRules { get; } = new();

    public BridgeOptions Options { get; } = new();

    public ChangingOptions<BridgeOptions> Monitor { get; }

    public FakeToolSource Source { get; } = new();

    public ManualTimeProvider Clock { get; } = new();

    public List<IToolPolicy> Policies { get; } = [];

    public IBridgeStore Store { get; init; } = new InMemoryBridgeStore();

    public IAuditLog Audit { get; init; } = new InMemoryAuditLog();

    public RecordingLogger<ToolExecutor> Log { get; } = new();

    public RecordingLogger<PolicySet> PolicyLog { get; } = new();

    public RecordingLogger<ApprovalGate> ApprovalLog { get; } = new();

    public RulesMonitor Rules => _rules.Value;

    public ToolExecutor Door => _door.Value;

    public IEnumerable<AuditRecord> Records => ((InMemoryAuditLog)Audit).Records;

    public CallRequest Request(string tool, string arguments = "{}") => new("c1", Source.Entry(tool), Encoding.UTF8.GetBytes(arguments));

    public Task<CallOutcome> CallAsync(
        string tool, string arguments = "{}", CallContext? context = null, CancellationToken cancellationToken = default) =>
        Door.ExecuteAsync(Request(tool, arguments), context ?? CallContext.Local, cancellationToken);
}
