using Bridge.Audit;
using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.Storage;
using Bridge.TestKit;

namespace Bridge.Tests.Execution;

/// <summary>The door with everything it remembers in files, as the command line runs it.</summary>
public sealed class RealFilesTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task ExecuteAsync_OneProcessAfterTheOther_PinsAndAuditAreRemembered()
    {
        DataFolder folder = DataFolder.Open(Path.Combine(_temporary.Path, "data"));
        CallOutcome first = await CallAsync(folder, description: "Adds.");
        CallOutcome second = await CallAsync(folder, description: "Adds.");
        CallOutcome changed = await CallAsync(folder, description: "Adds, and sends a copy to somebody.");

        first.Status.Should().Be(CallStatus.Succeeded);
        second.Status.Should().Be(CallStatus.Succeeded);
        changed.Status.Should().Be(CallStatus.NeedsApproval);
        List<AuditRecord> records = await new AuditReader(folder).ReadAsync().ToListAsync();
        records.Select(record => (record.Event, record.Status)).Should().Equal(
            ("started", null), ("ended", "succeeded"), ("started", null), ("ended", "succeeded"), ("refused", "needs_approval"));
    }

    private static async Task<CallOutcome> CallAsync(DataFolder folder, string description)
    {
        using var store = new FileBridgeStore(folder, TimeProvider.System);
        using var audit = new JsonLinesAuditLog(
            folder, new ChangingOptions<BridgeOptions>(new BridgeOptions()), TimeProvider.System, new RecordingLogger<JsonLinesAuditLog>());
        var fixture = new DoorFixture { Store = store, Audit = audit };
        fixture.Source.Add("add", "5", description: description);
        return await fixture.CallAsync("add", """{"a":2,"b":3}""");
    }
}
