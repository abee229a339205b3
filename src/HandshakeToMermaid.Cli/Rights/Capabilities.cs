using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace HandshakeToMermaid.Cli.Rights;

/// <summary>
/// Capabilities of Linux (capabilities(7)). They belong to threads: what is cleared here is cleared for the calling thread, which reads the packets, and
/// for those that it starts.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class Capabilities
{
    /// <summary>What root keeps to go on as root: files of others, and the sockets and the end of a command that it started.</summary>
    public const ulong OfRoot = (1UL << DacOverride) | (1UL << Kill) | (1UL << SysPtrace);

    /// <summary>No program that is started later can have any. Root alone may do this; whoever is not root has nothing to lose by it.</summary>
    public static void LeaveBoundingSet(bool isWanted)
    {
        if (!isWanted) return;
        for (nuint capability = 0; capability < Most; capability++) _ = Control(DropFromBoundingSet, capability, 0, 0, 0);
    }

    /// <summary>Leaves at most <paramref name="kept"/>, a bit for each.</summary>
    public static void Clear(ulong kept)
    {
        var header = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Version3);
        var now = new byte[24];
        if (Get(header, now) != 0) return;
        var less = new byte[24];
        for (var half = 0; half < 2; half++)
        {
            var mask = (uint)(kept >> (32 * half));

            // Effective and permitted; inheritable stays empty.
            for (var set = 0; set < 2; set++)
            {
                var at = (12 * half) + (4 * set);
                BinaryPrimitives.WriteUInt32LittleEndian(less.AsSpan(at), BinaryPrimitives.ReadUInt32LittleEndian(now.AsSpan(at)) & mask);
            }
        }

        _ = Set(header, less);
    }

    [DllImport("libc", EntryPoint = "capget")]
    private static extern int Get(byte[] header, byte[] sets);

    [DllImport("libc", EntryPoint = "capset")]
    private static extern int Set(byte[] header, byte[] sets);

    [DllImport("libc", EntryPoint = "prctl")]
    private static extern int Control(int option, nuint a, nuint b, nuint c, nuint d);

    // CAP_DAC_OVERRIDE, CAP_KILL, CAP_SYS_PTRACE.
    private const int DacOverride = 1;
    private const int Kill = 5;
    private const int SysPtrace = 19;

    /// <summary>Kernels know 41 by now and refuse higher numbers.</summary>
    private const nuint Most = 64;

    /// <summary>PR_CAPBSET_DROP.</summary>
    private const int DropFromBoundingSet = 24;

    /// <summary>_LINUX_CAPABILITY_VERSION_3.</summary>
    private const uint Version3 = 0x20080522;
}
