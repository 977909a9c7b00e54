using System.Collections.Concurrent;
using System.Text;
using Bridge.Calling;

namespace Bridge.TestKit;

/// <summary>A tool caller that answers what the test says; the last answer is given again.</summary>
public sealed class ScriptedToolCaller(params Func<ProposalRequest, CancellationToken, Task<Proposal>>[] script) : IToolCaller
{
    private int _next;

    /// <summary>Answers the same proposals in turn.</summary>
    public ScriptedToolCaller(params Proposal[] proposals)
        : this([.. proposals.Select(proposal => new Func<ProposalRequest, CancellationToken, Task<Proposal>>((_, _) => Task.FromResult(proposal)))])
    {
    }

    /// <inheritdoc/>
    public CallerCapabilities Capabilities { get; init; } = new();

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<ProposalRequest> Requests { get; } = new();

    /// <summary>One call.</summary>
    public static Proposal Call(string tool, string arguments, double? confidence = null, string? id = null) =>
        Calls((tool, arguments)) with { Calls = [Proposed(tool, arguments, confidence, id)], Confidence = confidence };

    /// <summary>Several calls.</summary>
    public static Proposal Calls(params (string Tool, string Arguments)[] calls) =>
        new() { Calls = [.. calls.Select(call => Proposed(call.Tool, call.Arguments))] };

    /// <summary>An answer that fails.</summary>
    public static Func<ProposalRequest, CancellationToken, Task<Proposal>> Throws(Exception error) => (_, _) => Task.FromException<Proposal>(error);

    /// <summary>An answer.</summary>
    public static Func<ProposalRequest, CancellationToken, Task<Proposal>> Answers(Proposal proposal) => (_, _) => Task.FromResult(proposal);

    /// <summary>No answer until the attempt is ended.</summary>
    public static async Task<Proposal> Hang(ProposalRequest request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return Proposal.NoCall;
    }

    /// <inheritdoc/>
    public Task<Proposal> ProposeAsync(ProposalRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        int number = Interlocked.Increment(ref _next) - 1;
        return script[Math.Min(number, script.Length - 1)](request, cancellationToken);
    }

    private static ProposedCall Proposed(string tool, string arguments, double? confidence = null, string? id = null) =>
        new(tool, Encoding.UTF8.GetBytes(arguments)) { Confidence = confidence, Id = id };
}
