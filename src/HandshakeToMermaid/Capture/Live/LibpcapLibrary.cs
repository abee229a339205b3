using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Capture.Live;

/// <summary>Finds libpcap on this machine, and reports what to install if it is missing.</summary>
internal static class LibpcapLibrary
{
    /// <summary>Names another library than the usual ones: a file, for systems that keep it elsewhere.</summary>
    public const string Variable = "H2M_LIBPCAP";

    /// <summary>True where it is there.</summary>
    public static bool IsPresent => Handle.Value != 0;

    /// <summary>Makes sure that it is there.</summary>
    /// <param name="purpose">What it is needed for: "To capture from an interface".</param>
    /// <exception cref="CaptureException">It is missing; the sentence names the package.</exception>
    public static void Require(string purpose)
    {
        if (!IsPresent) throw new CaptureException($"{purpose}, libpcap is needed and was not found. Install it: {Packages}.");
    }

    /// <summary>Loads it once.</summary>
    public static bool TryLoad(out nint handle)
    {
        handle = Handle.Value;
        return handle != 0;
    }

    private static nint Load()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen) return NativeLibrary.TryLoad(chosen, out var named) ? named : 0;
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var handle)) return handle;
        }

        // Npcap keeps out of the way of WinPcap, in a directory of its own that is not searched.
        var npcap = Path.Combine(Environment.SystemDirectory, "Npcap", "wpcap.dll");
        return OperatingSystem.IsWindows() && NativeLibrary.TryLoad(npcap, out var windows) ? windows : 0;
    }

    private static readonly string[] Names = ["libpcap.so.1", "libpcap.so.0.8", "libpcap.so", "libpcap.dylib", "libpcap.A.dylib", "wpcap.dll"];

    private static readonly Lazy<nint> Handle = new(Load);

    private const string Packages =
        "'apt install libpcap0.8' (Debian, Ubuntu), 'dnf install libpcap' (Fedora), 'apk add libpcap' (Alpine), part of the system or 'brew install libpcap' (macOS), Npcap from https://npcap.com (Windows)";
}
