using System.Net;
using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Capture.Live;

/// <summary>
/// Captures from an interface through libpcap. Not thread-safe. Frames come in blocks, a few
/// milliseconds after they happened: waiting for single frames would cost the buffer its size.
/// </summary>
internal sealed partial class LiveCapture : ILiveSource
{
    /// <summary>How long <see cref="Next"/> waits for a frame.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(BlockMilliseconds);

    private readonly PcapHandle handle;
    private readonly LinkType link;
    private readonly int descriptor;
    private readonly bool hasNanoseconds;
    private readonly List<CaptureDamage> damages = [];
    private readonly Dictionary<IPAddress, string> names = [];
    private long frames;
    private long bytes;
    private volatile bool isStopped;
    private (uint Dropped, uint DroppedByInterface) lastCounts;
    private LiveStatistics totals;

    private LiveCapture(PcapHandle handle, LiveOptions options)
    {
        this.handle = handle;
        Options = options;
        link = LinkTypeOf(Libpcap.DataLink(handle));
        hasNanoseconds = Libpcap.GetTimestampPrecision(handle) == Nanoseconds;
        descriptor = OperatingSystem.IsLinux() ? Libpcap.GetSelectableDescriptor(handle) : -1;
        SnapLength = Libpcap.Snapshot(handle);
    }

    /// <summary>What was asked for.</summary>
    public LiveOptions Options { get; }

    /// <summary>The snapshot length granted by the system, in bytes.</summary>
    public int SnapLength { get; }

    /// <inheritdoc/>
    public string Name => Options.Interface;

    /// <inheritdoc/>
    public IReadOnlyList<CaptureDamage> Damages => damages;

    /// <inheritdoc/>
    public (long Read, long? Total) Progress => (bytes, null);

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> KeyLogs => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<IPAddress, string> Names => names;

    /// <inheritdoc/>
    public Timestamp QuietUntil { get; private set; } = new(long.MinValue);

    /// <inheritdoc/>
    public unsafe LiveStatistics Statistics
    {
        get
        {
            var counts = stackalloc uint[StatisticsRoom];
            if (handle.IsClosed || Libpcap.Statistics(handle, counts) != 0) return totals with { Seen = frames };

            // 32-bit counters that may wrap: only their growth counts.
            totals = new LiveStatistics(
                frames,
                totals.DroppedByKernel + unchecked(counts[1] - lastCounts.Dropped),
                totals.DroppedByInterface + unchecked(counts[2] - lastCounts.DroppedByInterface));
            lastCounts = (counts[1], counts[2]);
            return totals;
        }
    }

    /// <summary>Begins to capture.</summary>
    /// <exception cref="CaptureException">libpcap is missing, there is no such interface, or it may not be captured from.</exception>
    /// <exception cref="FilterException">libpcap does not accept the filter.</exception>
    public static unsafe LiveCapture Open(LiveOptions options)
    {
        LibpcapLibrary.Require("To capture from an interface");
        var error = stackalloc byte[Libpcap.ErrorBufferSize];
        error[0] = 0;
        var opened = new PcapHandle(Libpcap.Create(options.Interface, error));
        if (opened.IsInvalid) throw OpenFailures.Other(options.Interface, Marshal.PtrToStringUTF8((nint)error));
        try
        {
            _ = Libpcap.SetSnapLength(opened, options.SnapLength);
            _ = Libpcap.SetPromiscuous(opened, options.IsPromiscuous ? 1 : 0);
            _ = Libpcap.SetTimeout(opened, BlockMilliseconds);
            _ = Libpcap.SetBufferSize(opened, options.BufferBytes);
            _ = Libpcap.SetTimestampPrecision(opened, Nanoseconds);
            var status = Libpcap.Activate(opened);
            if (status < 0) throw OpenFailures.Of(status, options.Interface, opened);
            if (options.Filter is { Length: > 0 } expression)
            {
                using var filter = CompiledFilter.Compile(opened, expression);
                if (!filter.TryInstall(opened)) throw new FilterException($"The filter '{expression}' cannot be used on {options.Interface}: {opened.LastError.TrimEnd('.')}.");
            }

            // Elsewhere the read itself ends after a block's time; on Linux it may wait for a first frame for ever.
            if (OperatingSystem.IsLinux() && Libpcap.SetNonBlocking(opened, 1, error) != 0) throw OpenFailures.Other(options.Interface, opened.LastError);
            return new LiveCapture(opened, options);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public LiveRead Next(out CapturedFrame frame)
    {
        frame = default;
        if (isStopped) return LiveRead.End;
        var read = Take(out frame);
        if (read != LiveRead.Nothing) return read;
        if (descriptor >= 0) Wait();
        return LiveRead.Nothing;
    }

    /// <inheritdoc/>
    public bool TryRead(out CapturedFrame frame)
    {
        while (true)
        {
            var read = Next(out frame);
            if (read != LiveRead.Nothing) return read == LiveRead.Frame;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        isStopped = true;
        handle.Dispose();
    }

    private unsafe LiveRead Take(out CapturedFrame frame)
    {
        frame = default;

        // What is not in the buffer now happened later than this.
        var asked = Now();
        var status = Libpcap.Next(handle, out var header, out var data);
        if (status == 0)
        {
            QuietUntil = asked + Lag;
            return LiveRead.Nothing;
        }

        if (status < 0)
        {
            if (!isStopped && status != Broken) damages.Add(new CaptureDamage(Name, bytes, frames, GoneText(handle.LastError)));
            return LiveRead.End;
        }

        var fields = new PacketHeader(header);
        bytes += fields.CapturedLength;
        var time = fields.Seconds * Timestamp.PerSecond + (hasNanoseconds ? fields.Fraction : fields.Fraction * 1000L);
        frame = new CapturedFrame(new FrameMark(++frames, new Timestamp(time)), link, new ReadOnlySpan<byte>(data, (int)fields.CapturedLength), fields.OriginalLength);
        return LiveRead.Frame;
    }

    private unsafe void Wait()
    {
        var waiting = new PollDescriptor { Descriptor = descriptor, Events = PollIn };
        _ = Poll(&waiting, 1, BlockMilliseconds);
    }

    private static string GoneText(string error) => error.Length == 0 ? "the interface has disappeared" : $"the capture ended ({error.TrimEnd('.')})";

    private static Timestamp Now() => new((DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100);

    /// <summary>DLT_ numbers of the machine as LINKTYPE_ numbers: they differ where systems had chosen differently (pcap-linktype(7)).</summary>
    private static LinkType LinkTypeOf(int dataLink) => dataLink switch
    {
        12 when OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsWindows() || OperatingSystem.IsFreeBSD() => LinkType.Raw,
        14 => LinkType.Raw,
        _ => new LinkType((ushort)dataLink),
    };

    [LibraryImport("libc", EntryPoint = "poll")]
    private static unsafe partial int Poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    private const short PollIn = 1;

    /// <summary>PCAP_ERROR_BREAK.</summary>
    private const int Broken = -2;

    /// <summary>PCAP_TSTAMP_PRECISION_NANO.</summary>
    private const int Nanoseconds = 1;

    /// <summary>After this long the kernel hands over a block that is not full.</summary>
    private const int BlockMilliseconds = 20;

    /// <summary><c>struct pcap_stat</c> has three numbers, on Windows six.</summary>
    private const int StatisticsRoom = 8;

    /// <summary>How far the clock lags: frames wait in a block, and are timestamped shortly before they are put there.</summary>
    private static readonly Duration Lag = Duration.FromMilliseconds(-200);
}
