using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace HandshakeToMermaid.Capture.Live;

/// <summary>An interface that can be captured from.</summary>
/// <param name="Name">Its name, as <c>-i</c> takes it.</param>
/// <param name="Description">The system's description of it; null if there is none.</param>
/// <param name="Addresses">Its addresses.</param>
/// <param name="IsUp">True while it is up.</param>
/// <param name="IsLoopback">True for the machine's way to itself.</param>
internal sealed record CaptureInterface(string Name, string? Description, IReadOnlyList<IPAddress> Addresses, bool IsUp, bool IsLoopback)
{
    /// <summary>All of them, as libpcap orders them: the most useful first.</summary>
    /// <exception cref="CaptureException">libpcap is missing, or cannot list the interfaces.</exception>
    public static unsafe IReadOnlyList<CaptureInterface> All()
    {
        LibpcapLibrary.Require("To list interfaces");
        var error = stackalloc byte[Libpcap.ErrorBufferSize];
        if (Libpcap.FindAllDevices(out var first, error) != 0) throw new CaptureException($"The interfaces cannot be listed: {Marshal.PtrToStringUTF8((nint)error)}.");
        var found = new List<CaptureInterface>();
        for (var device = (Device*)first; device is not null; device = device->Next)
        {
            found.Add(new CaptureInterface(
                Text(device->Name) ?? "", Text(device->Description), AddressesOf(device), (device->Flags & Up) != 0, (device->Flags & Loopback) != 0));
        }

        if (first != 0) Libpcap.FreeAllDevices(first);
        return found;
    }

    private static unsafe List<IPAddress> AddressesOf(Device* device)
    {
        var addresses = new List<IPAddress>();
        for (var entry = device->Addresses; entry is not null; entry = entry->Next)
        {
            if (AddressOf(entry->Address) is { } address) addresses.Add(address);
        }

        return addresses;
    }

    /// <summary><c>struct sockaddr</c>: BSD puts a length byte before a family of one byte, others have a family of two.</summary>
    private static unsafe IPAddress? AddressOf(byte* address)
    {
        if (address is null) return null;
        var hasLength = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD();
        int family = hasLength ? address[1] : Unsafe.ReadUnaligned<ushort>(address);
        if (family == Inet) return new IPAddress(new ReadOnlySpan<byte>(address + 4, 4));
        if (family is not (10 or 23 or 24 or 28 or 30)) return null;
        var scope = Unsafe.ReadUnaligned<uint>(address + 24);
        var bytes = new ReadOnlySpan<byte>(address + 8, 16);
        return new IPAddress(bytes, bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80 ? scope : 0);
    }

    private static unsafe string? Text(byte* text)
    {
        if (text is null) return null;
        var length = 0;
        while (text[length] != 0) length++;
        return length == 0 ? null : Encoding.UTF8.GetString(text, length);
    }

    /// <summary><c>struct pcap_if</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Device
    {
        public Device* Next;
        public byte* Name;
        public byte* Description;
        public AddressEntry* Addresses;
        public uint Flags;
    }

    /// <summary><c>struct pcap_addr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct AddressEntry
    {
        public AddressEntry* Next;
        public byte* Address;
        public byte* Netmask;
        public byte* Broadcast;
        public byte* Destination;
    }

    // PCAP_IF_LOOPBACK, PCAP_IF_UP.
    private const uint Loopback = 1;
    private const uint Up = 2;

    // AF_INET is 2 everywhere; AF_INET6 is 10 on Linux, 23 on Windows, 24, 28 or 30 on the BSDs.
    private const int Inet = 2;
}
