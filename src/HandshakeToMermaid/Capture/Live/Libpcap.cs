using System.Reflection;
using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Capture.Live;

/// <summary>
/// libpcap as C declares it (pcap(3PCAP)): only what is used here. The library is looked for under the names that systems give it,
/// when the first of these functions is called; <see cref="LibpcapLibrary.Require"/> reports if it is missing.
/// </summary>
internal static partial class Libpcap
{
    /// <summary>PCAP_ERRBUF_SIZE.</summary>
    public const int ErrorBufferSize = 256;

    static Libpcap() => NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), static (name, _, _) =>
        name == Name && LibpcapLibrary.TryLoad(out var handle) ? handle : 0);

    [LibraryImport(Name, EntryPoint = "pcap_create", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial nint Create(string source, byte* error);

    [LibraryImport(Name, EntryPoint = "pcap_set_snaplen")]
    public static partial int SetSnapLength(PcapHandle handle, int length);

    [LibraryImport(Name, EntryPoint = "pcap_set_promisc")]
    public static partial int SetPromiscuous(PcapHandle handle, int on);

    [LibraryImport(Name, EntryPoint = "pcap_set_timeout")]
    public static partial int SetTimeout(PcapHandle handle, int milliseconds);

    [LibraryImport(Name, EntryPoint = "pcap_set_buffer_size")]
    public static partial int SetBufferSize(PcapHandle handle, int bytes);

    [LibraryImport(Name, EntryPoint = "pcap_set_tstamp_precision")]
    public static partial int SetTimestampPrecision(PcapHandle handle, int precision);

    [LibraryImport(Name, EntryPoint = "pcap_get_tstamp_precision")]
    public static partial int GetTimestampPrecision(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_activate")]
    public static partial int Activate(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_setnonblock")]
    public static unsafe partial int SetNonBlocking(PcapHandle handle, int on, byte* error);

    [LibraryImport(Name, EntryPoint = "pcap_get_selectable_fd")]
    public static partial int GetSelectableDescriptor(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_next_ex")]
    public static unsafe partial int Next(PcapHandle handle, out byte* header, out byte* data);

    [LibraryImport(Name, EntryPoint = "pcap_datalink")]
    public static partial int DataLink(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_snapshot")]
    public static partial int Snapshot(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_stats")]
    public static unsafe partial int Statistics(PcapHandle handle, uint* statistics);

    [LibraryImport(Name, EntryPoint = "pcap_geterr")]
    public static partial nint GetError(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_statustostr")]
    public static partial nint StatusText(int status);

    [LibraryImport(Name, EntryPoint = "pcap_open_dead")]
    public static partial nint OpenDead(int link, int snapLength);

    [LibraryImport(Name, EntryPoint = "pcap_close")]
    public static partial void Close(nint handle);

    [LibraryImport(Name, EntryPoint = "pcap_compile", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Compile(PcapHandle handle, ref BpfProgram program, string expression, int optimize, uint netmask);

    [LibraryImport(Name, EntryPoint = "pcap_setfilter")]
    public static partial int SetFilter(PcapHandle handle, ref BpfProgram program);

    [LibraryImport(Name, EntryPoint = "pcap_freecode")]
    public static partial void FreeCode(ref BpfProgram program);

    [LibraryImport(Name, EntryPoint = "bpf_filter")]
    public static unsafe partial uint RunFilter(nint instructions, byte* packet, uint wireLength, uint capturedLength);

    [LibraryImport(Name, EntryPoint = "pcap_findalldevs")]
    public static unsafe partial int FindAllDevices(out nint first, byte* error);

    [LibraryImport(Name, EntryPoint = "pcap_freealldevs")]
    public static partial void FreeAllDevices(nint first);

    /// <summary>The name that the resolver turns into a file.</summary>
    private const string Name = "libpcap";
}
