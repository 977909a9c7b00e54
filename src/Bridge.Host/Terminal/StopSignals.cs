using System.Runtime.InteropServices;

namespace Bridge.Host.Terminal;

/// <summary>Turns Ctrl+C and a request to terminate into a token; the second Ctrl+C ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public StopSignals()
    {
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Interrupted => _source.Token;

    /// <summary>Whether the signal asked to terminate, as a service manager does, and was not a person's Ctrl+C.</summary>
    public bool Terminating { get; private set; }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            return; // the default: the process ends now
        }

        context.Cancel = true;
        Terminating = context.Signal == PosixSignal.SIGTERM;
        _source.Cancel();
    }
}
