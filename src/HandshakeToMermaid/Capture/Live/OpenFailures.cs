using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Capture.Live;

/// <summary>Messages for why an interface cannot be captured from, with a remedy.</summary>
internal static class OpenFailures
{
    /// <summary>What a status of <c>pcap_activate</c> means.</summary>
    public static CaptureException Of(int status, string name, PcapHandle handle)
    {
        var error = handle.LastError;
        return status switch
        {
            NoSuchDevice => Unknown(name),
            NoPermission or PromiscuousNoPermission => NotAllowed(name),
            NotUp => new CaptureException($"The interface {name} is down; bring it up to capture from it."),
            _ => Other(name, error.Length > 0 ? error : Marshal.PtrToStringUTF8(Libpcap.StatusText(status))),
        };
    }

    /// <summary>Anything else, with libpcap's message.</summary>
    public static CaptureException Other(string name, string? error) =>
        new($"The interface {name} cannot be captured from: {(error is { Length: > 0 } ? error.Trim().TrimEnd('.') : "libpcap gives no reason")}.");

    private static CaptureException Unknown(string name)
    {
        var known = string.Join(", ", CaptureInterface.All().Select(i => i.Name));
        return new CaptureException(known.Length > 0
            ? $"There is no interface {name}; there are {known}."
            : $"There is no interface {name}, and no other to capture from.");
    }

    private static CaptureException NotAllowed(string name)
    {
        if (OperatingSystem.IsLinux())
        {
            var program = Environment.ProcessPath is { } path ? Path.GetFullPath(path) : "h2m";
            return new CaptureException(
                $"Capturing from {name} is not allowed for this user; allow it once with 'sudo setcap cap_net_raw,cap_net_admin=eip {Quoted(program)}', or run 'sudo h2m'.");
        }

        return new CaptureException(OperatingSystem.IsWindows()
            ? $"Capturing from {name} is not allowed for this user; run h2m as administrator, or install Npcap without 'restrict to administrators'."
            : $"Capturing from {name} is not allowed for this user; run 'sudo h2m', or allow it with 'sudo chmod g+rw /dev/bpf*'.");
    }

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;

    // The status codes of pcap/pcap.h.
    private const int NoSuchDevice = -5;
    private const int NoPermission = -8;
    private const int NotUp = -9;
    private const int PromiscuousNoPermission = -11;
}
