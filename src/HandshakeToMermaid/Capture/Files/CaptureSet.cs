using System.Net;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Capture.Files;

/// <summary>
/// Several captures read as one in time order. A capture is opened when the time of its first frame is
/// reached, and closed at its end: of a rotated set one or two files are open at a time, however many there are.
/// </summary>
internal sealed class CaptureSet : ICaptureSource
{
    private readonly AnalyzerLimits limits;
    private readonly CaptureNotes notes;
    private readonly List<Waiting> waiting = [];
    private readonly PriorityQueue<Opened, (long Time, int Order)> open = new();
    private int next;
    private Opened? current;
    private long rivalTime;
    private long number;
    private long finishedBytes;
    private long? totalBytes = 0;

    private CaptureSet(AnalyzerLimits limits)
    {
        this.limits = limits;
        notes = new CaptureNotes(limits);
    }

    public string Name { get; private set; } = "";

    public IReadOnlyList<CaptureDamage> Damages => notes.Damages;

    public IReadOnlyList<ReadOnlyMemory<byte>> KeyLogs => notes.KeyLogs;

    public bool MayBringKeyLogs { get; private set; }

    public IReadOnlyDictionary<IPAddress, string> Names => notes.Names;

    public Timestamp? EndTime => notes.EndTime;

    public (long Read, long? Total) Progress
    {
        get
        {
            var read = finishedBytes + (current?.Reader.Progress.Read ?? 0);
            foreach (var (opened, _) in open.UnorderedItems) read += opened.Reader.Progress.Read;
            return (read, totalBytes);
        }
    }

    /// <summary>True where none of the inputs was a capture.</summary>
    public bool IsEmpty => waiting.Count == 0 && notes.Damages.Count == 0;

    /// <summary>Looks at the first frame of each and puts them in order.</summary>
    /// <exception cref="CaptureException">One that the user named is not a capture or cannot be read.</exception>
    public static CaptureSet Open(List<CaptureInput> inputs, AnalyzerLimits limits)
    {
        var set = new CaptureSet(limits);
        try
        {
            for (var i = 0; i < inputs.Count; i++) set.Look(inputs[i], i);
        }
        catch (CaptureException)
        {
            set.Dispose();
            throw;
        }

        set.waiting.Sort((a, b) => (a.FirstTime, a.Order).CompareTo((b.FirstTime, b.Order)));
        if (set.waiting.Count > 0) set.Name = set.waiting[0].Input.Name;
        return set;
    }

    public bool TryRead(out CapturedFrame frame)
    {
        if (current is null || !current.Reader.Advance() || current.Reader.Time >= rivalTime)
        {
            if (!TryChoose())
            {
                frame = default;
                return false;
            }
        }

        frame = current!.Reader.Take(++number);
        return true;
    }

    public void Dispose()
    {
        current?.Reader.Dispose();
        while (open.TryDequeue(out var opened, out _)) opened.Reader.Dispose();
        foreach (var input in waiting[Math.Min(next, waiting.Count)..]) input.Held?.Dispose();
        waiting.Clear();
        current = null;
    }

    /// <summary>Finds the capture whose next frame is the earliest, and until when it stays so.</summary>
    private bool TryChoose()
    {
        if (current is { } last)
        {
            if (last.Reader.IsAtEnd) Close(last);
            else open.Enqueue(last, (last.Reader.Time, last.Order));
            current = null;
        }

        // An input that can be read only once must be opened to find its first time, hence the order: open, then compare.
        while (next < waiting.Count && (!open.TryPeek(out _, out var earliest) || waiting[next].FirstTime <= earliest.Time)) Start(waiting[next++]);
        if (!open.TryDequeue(out current, out _)) return false;
        rivalTime = open.TryPeek(out _, out var rival) ? rival.Time : long.MaxValue;
        if (next < waiting.Count) rivalTime = Math.Min(rivalTime, waiting[next].FirstTime);
        Name = current.Reader.Name;
        return true;
    }

    private void Look(CaptureInput input, int order)
    {
        // Files of no length and pipes that a directory holds: a pipe would be waited for.
        if (!input.IsNamed && !input.CanOpenAgain) return;
        var again = input.CanOpenAgain;
        var reader = input.TryOpen(limits, again ? new CaptureNotes(limits) : notes, sparing: again, out var failure);
        if (reader is null)
        {
            if (input.IsNamed && failure.Kind != OpenFailureKind.CutOff) throw failure.For(input.Name);
            if (failure.Kind != OpenFailureKind.NotACapture) notes.Add(failure.DamageOf(input.Name));
            return;
        }

        totalBytes += reader.Progress.Total;
        var first = reader.Advance() ? reader.Time : long.MinValue;
        var canHoldKeyLogs = reader.CanHoldKeyLogs;
        if (again) reader.Dispose();
        if (again && canHoldKeyLogs) input.LookThrough(limits, notes);
        MayBringKeyLogs |= canHoldKeyLogs && !again;
        waiting.Add(new Waiting(input, order, first, again ? null : reader));
    }

    private void Start(Waiting input)
    {
        var reader = input.Held;
        if (reader is null)
        {
            reader = input.Input.TryOpen(limits, notes, sparing: open.Count >= KeptOpen, out var failure);
            if (reader is null)
            {
                notes.Add(failure.DamageOf(input.Input.Name));
                return;
            }

            reader.Advance();
        }

        var opened = new Opened(reader, input.Order);
        if (reader.IsAtEnd) Close(opened);
        else open.Enqueue(opened, (reader.Time, input.Order));
    }

    private void Close(Opened finished)
    {
        finishedBytes += finished.Reader.Progress.Read;
        finished.Reader.Dispose();
    }

    private sealed record Waiting(CaptureInput Input, int Order, long FirstTime, CaptureReader? Held);

    private sealed record Opened(CaptureReader Reader, int Order);

    // Beyond that many captures that overlap, the next ones get small buffers and no descriptor of their own.
    private const int KeptOpen = 64;
}
