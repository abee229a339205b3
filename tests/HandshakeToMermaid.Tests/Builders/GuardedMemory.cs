using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>
/// Room that ends where a page begins that must not be touched: a read of one byte beyond ends the process. Elsewhere than on Linux it is ordinary memory.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private readonly byte* start;
    private readonly byte[]? ordinary;

    public GuardedMemory()
    {
        if (!OperatingSystem.IsLinux())
        {
            ordinary = new byte[Room];
            return;
        }

        start = (byte*)Map(0, Room + Guard, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, (nint)start);
        Assert.Equal(0, Protect((nint)start + Room, Guard, 0));
    }

    /// <summary>Puts bytes to the very end; what was put there before is gone.</summary>
    public Span<byte> Place(ReadOnlySpan<byte> bytes)
    {
        var room = ordinary is null ? new Span<byte>(start, Room) : ordinary;
        var placed = room[(Room - bytes.Length)..];
        bytes.CopyTo(placed);
        return placed;
    }

    public void Dispose()
    {
        if (ordinary is null) _ = Unmap((nint)start, Room + Guard);
    }

    private const int Room = 256 * 1024;

    /// <summary>Pages are of 64 KiB at most.</summary>
    private const int Guard = 64 * 1024;

    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
