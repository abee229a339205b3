using System.Runtime.InteropServices;
using System.Text;

namespace HandshakeToMermaid.Cli.Files;

/// <summary>The status of a file that .NET does not provide (stat): its kind, its owner, and its identity. Links are followed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Owner">User and group; null where the system does not say.</param>
/// <param name="Identity">Equal for two paths to one file: device and inode; null where the system does not say.</param>
internal sealed record FileStatus(FileKind Kind, (uint User, uint Group)? Owner, (ulong Device, ulong Inode)? Identity)
{
    /// <summary>The status; null where the file does not exist or is not accessible.</summary>
    public static FileStatus? Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                return Ask(Path.GetFullPath(path));
            }
            catch (EntryPointNotFoundException)
            {
                // A C library from before 2018.
            }
        }

        if (Directory.Exists(path)) return new FileStatus(FileKind.Directory, null, null);
        if (!File.Exists(path)) return null;
        var isDevice = !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);
        return new FileStatus(isDevice ? FileKind.Device : FileKind.Regular, null, null);
    }

    /// <summary>statx(2): the one whose structure is the same on every processor.</summary>
    private static FileStatus? Ask(string path)
    {
        var answer = new byte[256];
        var name = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        Encoding.UTF8.GetBytes(path, name);
        if (StatX(CurrentDirectory, name, 0, BasicStatistics, answer) != 0) return null;
        var kind = (MemoryMarshal.Read<ushort>(answer.AsSpan(28)) & 0xF000) switch
        {
            0x1000 => FileKind.Pipe,
            0x2000 or 0x6000 => FileKind.Device,
            0x4000 => FileKind.Directory,
            0xC000 => FileKind.Socket,
            _ => FileKind.Regular,
        };
        return new FileStatus(kind, (U32(answer, 20), U32(answer, 24)), (((ulong)U32(answer, 136) << 32) | U32(answer, 140), MemoryMarshal.Read<ulong>(answer.AsSpan(32))));
    }

    private static uint U32(byte[] answer, int at) => MemoryMarshal.Read<uint>(answer.AsSpan(at));

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int StatX(int directory, byte[] path, int flags, uint mask, byte[] answer);

    /// <summary>AT_FDCWD.</summary>
    private const int CurrentDirectory = -100;

    /// <summary>STATX_BASIC_STATS.</summary>
    private const uint BasicStatistics = 0x7FF;
}
