using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Capture.Live;

/// <summary>A <c>pcap_t</c>, closed when it is disposed of.</summary>
internal sealed class PcapHandle : SafeHandle
{
    public PcapHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    /// <summary>libpcap's message for the last error.</summary>
    public string LastError => Marshal.PtrToStringUTF8(Libpcap.GetError(this))?.Trim() ?? "";

    /// <summary>A handle that only compiles filters.</summary>
    public static PcapHandle OpenDead(LinkType link, int snapLength) => new(Libpcap.OpenDead(link.Code, snapLength));

    protected override bool ReleaseHandle()
    {
        Libpcap.Close(handle);
        return true;
    }
}
