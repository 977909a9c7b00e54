using System.CommandLine;
using TestServers.Calculator;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge sample-server</c>: the MCP server that Bridge brings along.</summary>
internal static class SampleServerVerb
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The server." };
        name.AcceptOnlyFromAmong("calculator");
        var verb = new Verb("sample-server", "Run a sample MCP server on standard input and output.")
        {
            Examples = [("bridge sample-server calculator", "a calculator that any MCP client can start")],
        };
        verb.Add(name);
        verb.SetAction((_, cancellationToken) => CalculatorServer.RunAsync(cancellationToken));
        return verb;
    }
}
