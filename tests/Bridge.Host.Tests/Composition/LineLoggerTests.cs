using Bridge.Host.Composition;
using Microsoft.Extensions.Logging;

namespace Bridge.Host.Tests.Composition;

public class LineLoggerTests
{
    [Fact]
    public void Log_SecretsInMessageAndFault_AreReplaced()
    {
        var written = new StringWriter();
        using var provider = new LineLoggerProvider(written, LogLevel.Debug, TimeProvider.System, ["acme-[0-9]+"]);

        provider.CreateLogger("Bridge.Test").Log(
            LogLevel.Error, default, "acme-42", new IOException("Bearer abcdefghijklmnop0123"), (text, _) => $"sent {text}");

        written.ToString().Should().Contain("sent [redacted]").And.Contain("IOException: [redacted]").And.NotContain("acme-42");
    }
}
