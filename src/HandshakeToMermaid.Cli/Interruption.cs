using System.Runtime.InteropServices;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Output;

namespace HandshakeToMermaid.Cli;

/// <summary>
/// Takes SIGINT (Ctrl+C), SIGTERM and SIGHUP. While nothing is there that could be written, the first one ends the process; later it asks for the end,
/// and what there is gets written. A second one ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly CancellationTokenSource overdue = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Lock gate = new();
    private readonly List<Action> cleanups = [];
    private PosixSignal? first;
    private Action<PosixSignal>? receiver;
    private bool isGraceful;
    private volatile bool isOver;

    /// <summary>Takes signals from now on.</summary>
    public Interruption()
    {
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            registrations.Add(PosixSignalRegistration.Create(signal, Take));
        }
    }

    /// <summary>Is cancelled by the first signal: nothing more is to be read.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Is cancelled a moment after the first signal: nothing more is to be begun, even if it was read already.</summary>
    public CancellationToken Overdue => overdue.Token;

    /// <summary>The first signal; null while there was none.</summary>
    public PosixSignal? First
    {
        get
        {
            lock (gate) return first;
        }
    }

    /// <summary>The exit code of a process that a signal ended: 128 and the signal's number.</summary>
    public static int ExitCodeOf(PosixSignal signal) => 128 + NumberOf(signal);

    /// <summary>The signal's number (signal(7)), the same on every Unix.</summary>
    public static int NumberOf(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        _ => 15,
    };

    /// <summary>From now on there may be something to write: the first signal lets it be written.</summary>
    /// <param name="received">Called for each signal, on a thread of its own; null where the token is enough.</param>
    public void BeginGrace(Action<PosixSignal>? received = null)
    {
        lock (gate) (isGraceful, receiver) = (true, received);
    }

    /// <summary>Adds what must be done even where the process ends at once. It must be short.</summary>
    public void BeforeEnd(Action cleanup)
    {
        lock (gate) cleanups.Add(cleanup);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        isOver = true;
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
        overdue.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        bool endsNow;
        lock (gate)
        {
            endsNow = !isGraceful || first is not null;
            first ??= context.Signal;
        }

        receiver?.Invoke(context.Signal);
        if (endsNow) End(context.Signal);
        try
        {
            overdue.CancelAfter(Grace);
            source.Cancel();
            WaitForReader(context.Signal);
        }
        catch (ObjectDisposedException)
        {
            // The run ended in this moment.
        }
    }

    /// <summary>What there is cannot be written to a pipe that nobody reads from: then the process ends without.</summary>
    private void WaitForReader(PosixSignal signal)
    {
        while (StandardOutput.Waiting < Grace.TotalMilliseconds)
        {
            if (isOver) return;
            Thread.Sleep(50);
        }

        End(signal);
    }

    private void End(PosixSignal signal)
    {
        lock (gate)
        {
            foreach (var cleanup in cleanups) cleanup();
            AtomicFile.EndProcess(ExitCodeOf(signal));
        }
    }

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
}
