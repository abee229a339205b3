namespace HandshakeToMermaid.Fuzzing.Running;

/// <summary>Ends the process when an input takes too long, after it was stored.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly Timer timer;
    private readonly Action<byte[]> hangs;
    private readonly TimeSpan patience;
    private byte[]? current;
    private TimeSpan since;

    /// <summary>Begins to watch.</summary>
    /// <param name="patience">CPU that one input may take before it is called endless.</param>
    /// <param name="hangs">Stores the input; the process ends behind it.</param>
    public Watchdog(TimeSpan patience, Action<byte[]> hangs)
    {
        (this.patience, this.hangs) = (patience, hangs);
        timer = new Timer(_ => Look(), null, 1000, 1000);
    }

    /// <summary>An input begins; null where none runs.</summary>
    public void Watch(byte[]? input)
    {
        since = Environment.CpuUsage.TotalTime;
        Volatile.Write(ref current, input);
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void Look()
    {
        if (Volatile.Read(ref current) is not { } input || Environment.CpuUsage.TotalTime - since < patience || !ReferenceEquals(input, Volatile.Read(ref current))) return;
        hangs(input);
        Environment.Exit(3);
    }
}
