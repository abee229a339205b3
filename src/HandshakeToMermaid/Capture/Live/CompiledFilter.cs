namespace HandshakeToMermaid.Capture.Live;

/// <summary>A BPF expression compiled by libpcap for one link type.</summary>
internal sealed class CompiledFilter : IDisposable
{
    private BpfProgram program;

    private CompiledFilter()
    {
    }

    /// <summary>Compiles an expression for the link type of a handle.</summary>
    /// <exception cref="FilterException">libpcap does not accept it.</exception>
    public static CompiledFilter Compile(PcapHandle handle, string expression)
    {
        var filter = new CompiledFilter();
        if (Libpcap.Compile(handle, ref filter.program, expression, optimize: 1, UnknownNetmask) == 0) return filter;
        throw new FilterException($"The filter '{expression}' is not accepted: {handle.LastError.TrimEnd('.')}.");
    }

    /// <summary>Compiles an expression for the frames of a file.</summary>
    public static CompiledFilter Compile(LinkType link, string expression)
    {
        using var handle = PcapHandle.OpenDead(link, LargestSnapLength);
        return Compile(handle, expression);
    }

    /// <summary>Has the kernel drop what does not match.</summary>
    public bool TryInstall(PcapHandle handle) => Libpcap.SetFilter(handle, ref program) == 0;

    /// <summary>True where a frame matches.</summary>
    public unsafe bool Matches(in CapturedFrame frame)
    {
        fixed (byte* data = frame.Data) return Libpcap.RunFilter(program.Instructions, data, frame.OriginalLength, (uint)frame.Data.Length) != 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (program.Instructions != 0) Libpcap.FreeCode(ref program);
        program = default;
    }

    /// <summary>PCAP_NETMASK_UNKNOWN: only <c>ip broadcast</c> needs it.</summary>
    private const uint UnknownNetmask = 0xFFFF_FFFF;

    private const int LargestSnapLength = 262_144;
}
