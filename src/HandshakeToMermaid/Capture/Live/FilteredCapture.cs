using System.Net;

namespace HandshakeToMermaid.Capture.Live;

/// <summary>
/// A capture without the frames that do not match a BPF expression, as <c>tcpdump -r</c> reads it. Frames keep the numbers that they
/// have in the capture, so that a diagram's numbers are still found there.
/// </summary>
internal sealed class FilteredCapture : ICaptureSource
{
    private readonly ICaptureSource source;
    private readonly string expression;
    private readonly Dictionary<LinkType, CompiledFilter> filters = [];

    /// <summary>Filters a capture; owns it from then on.</summary>
    /// <exception cref="CaptureException">libpcap, which compiles the expression, is not installed.</exception>
    /// <exception cref="FilterException">libpcap does not accept the expression.</exception>
    public FilteredCapture(ICaptureSource source, string expression)
    {
        this.source = source;
        this.expression = expression;
        LibpcapLibrary.Require("To filter a capture with --filter");

        // Report a syntax error before the first frame; most captures are Ethernet.
        filters[LinkType.Ethernet] = CompiledFilter.Compile(LinkType.Ethernet, expression);
    }

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public IReadOnlyList<CaptureDamage> Damages => source.Damages;

    /// <inheritdoc/>
    public (long Read, long? Total) Progress => source.Progress;

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> KeyLogs => source.KeyLogs;

    /// <inheritdoc/>
    public bool MayBringKeyLogs => source.MayBringKeyLogs;

    /// <inheritdoc/>
    public IReadOnlyDictionary<IPAddress, string> Names => source.Names;

    /// <inheritdoc/>
    public Timestamp? EndTime => source.EndTime;

    /// <inheritdoc/>
    public bool TryRead(out CapturedFrame frame)
    {
        while (source.TryRead(out frame))
        {
            if (!filters.TryGetValue(frame.Link, out var filter)) filters[frame.Link] = filter = CompiledFilter.Compile(frame.Link, expression);
            if (filter.Matches(in frame)) return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var filter in filters.Values) filter.Dispose();
        source.Dispose();
    }
}
