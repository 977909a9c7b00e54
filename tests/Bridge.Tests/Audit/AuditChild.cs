using System.Runtime.CompilerServices;
using Bridge.Audit;
using Bridge.Configuration;
using Bridge.Storage;
using Bridge.TestKit;

namespace Bridge.Tests.Audit;

/// <summary>The test program started as a child that does nothing but write audit records until it is killed.</summary>
internal static class AuditChild
{
    /// <summary>The variable that names the data folder and makes this process such a child.</summary>
    public const string Variable = "BRIDGE_TEST_AUDIT_CHILD";

    /// <summary>What the child prints after each record.</summary>
    public const string Acknowledgement = "acknowledged";

#pragma warning disable CA2255 // A test program has no main of its own to branch in.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } folder)
        {
            return;
        }

        var log = new JsonLinesAuditLog(
            DataFolder.Open(folder), new ChangingOptions<BridgeOptions>(new BridgeOptions()), TimeProvider.System, new RecordingLogger<JsonLinesAuditLog>());
        for (int number = 0; ; number++)
        {
            ValueTask written = log.WriteAsync(
                new AuditRecord
                {
                    Time = TimeProvider.System.GetUtcNow(),
                    Event = AuditEvents.Started,
                    ExecutionId = $"{number}",
                    CallId = $"{number}",
                    Identity = "local",
                    Origin = "direct",
                    Tool = "a/b",
                    ArgumentsSha256 = "00",
                },
                CancellationToken.None);
            if (!written.IsCompletedSuccessfully)
            {
                Environment.Exit(1);
            }

            Console.Out.WriteLine(Acknowledgement);
            Console.Out.Flush();
        }
    }
}
