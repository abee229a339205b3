namespace HandshakeToMermaid.Wire;

/// <summary>The variable-length integers of QUIC and HTTP/3 (RFC 9000 section 16): the two high bits of the first byte say how many bytes there are.</summary>
internal static class VariableInteger
{
    /// <summary>Reads one; false where it is not there as a whole, and then <paramref name="at"/> stays.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
    {
        value = 0;
        if (at >= bytes.Length) return false;
        var length = 1 << (bytes[at] >> 6);
        if (bytes.Length - at < length) return false;
        value = (ulong)bytes[at] & 0x3F;
        for (var i = 1; i < length; i++) value = (value << 8) | bytes[at + i];
        at += length;
        return true;
    }
}
