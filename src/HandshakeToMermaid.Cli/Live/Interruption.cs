using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Cli.Live;

/// <summary>Takes Ctrl+C, SIGTERM and SIGHUP as the wish to end: what there is gets written before the process ends.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Action<PosixSignal>? received;
    private volatile int count;

    /// <summary>Takes signals from now on.</summary>
    /// <param name="received">Called for each, on a thread of its own; null where the token is enough.</param>
    public Interruption(Action<PosixSignal>? received = null)
    {
        this.received = received;
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            registrations.Add(PosixSignalRegistration.Create(signal, Take));
        }
    }

    /// <summary>Is cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>How many signals came.</summary>
    public int Count => count;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        count++;
        source.Cancel();
        received?.Invoke(context.Signal);
    }
}
