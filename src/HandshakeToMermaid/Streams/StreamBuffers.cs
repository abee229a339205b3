using System.Numerics;

namespace HandshakeToMermaid.Streams;

/// <summary>
/// Room for the bytes that open streams keep. A capture has thousands open at once, and their buffers are used over and over: they are
/// pinned, so that the collector neither moves them nor takes them for a sign that whatever is new will stay. Any thread may rent and return.
/// </summary>
internal static class StreamBuffers
{
    /// <summary>A buffer of at least that length; its content is what was left in it.</summary>
    public static byte[] Rent(int least)
    {
        var size = SizeOf(least);
        if (size >= Free.Length) return new byte[least];
        var free = Free[size];
        lock (free)
        {
            if (free.TryPop(out var used)) return used;
        }

        return GC.AllocateUninitializedArray<byte>(Smallest << size, pinned: true);
    }

    /// <summary>Returns a rented array, once; an array of a size that is never rented out is dropped.</summary>
    public static void Return(byte[] buffer)
    {
        var size = SizeOf(buffer.Length);
        if (size >= Free.Length || buffer.Length != Smallest << size) return;
        var free = Free[size];
        lock (free)
        {
            if (free.Count < MaxSpare) free.Push(buffer);
        }
    }

    /// <summary>How often the smallest size is to be doubled.</summary>
    private static int SizeOf(int length) => BitOperations.Log2((uint)Math.Max(length - 1, Smallest / 2) / (Smallest / 2));

    private const int Smallest = 1024;
    private const int MaxSpare = 4096;

    /// <summary>From <see cref="Smallest"/> to 32 KiB.</summary>
    private static readonly Stack<byte[]>[] Free = [new(), new(), new(), new(), new(), new()];
}
