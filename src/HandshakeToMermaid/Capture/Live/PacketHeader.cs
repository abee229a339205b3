using System.Runtime.CompilerServices;

namespace HandshakeToMermaid.Capture.Live;

/// <summary>
/// <c>struct pcap_pkthdr { struct timeval ts; bpf_u_int32 caplen; bpf_u_int32 len; }</c>. The size of <c>timeval</c> is the platform's: a C
/// long each for seconds and fraction, but for macOS, where the fraction is 32 bits and padded, which on a little-endian machine
/// reads the same.
/// </summary>
internal readonly unsafe struct PacketHeader
{
    public PacketHeader(byte* header)
    {
        var isWide = IntPtr.Size == 8 && !OperatingSystem.IsWindows();
        Seconds = isWide ? Unsafe.ReadUnaligned<long>(header) : Unsafe.ReadUnaligned<uint>(header);
        Fraction = Unsafe.ReadUnaligned<int>(header + (isWide ? 8 : 4));
        var lengths = header + (isWide ? 16 : 8);
        CapturedLength = Unsafe.ReadUnaligned<uint>(lengths);
        OriginalLength = Unsafe.ReadUnaligned<uint>(lengths + 4);
    }

    /// <summary>Seconds since 1970.</summary>
    public long Seconds { get; }

    /// <summary>Microseconds or nanoseconds, as was agreed with libpcap.</summary>
    public int Fraction { get; }

    /// <summary>Bytes that follow.</summary>
    public uint CapturedLength { get; }

    /// <summary>Bytes on the wire.</summary>
    public uint OriginalLength { get; }
}
