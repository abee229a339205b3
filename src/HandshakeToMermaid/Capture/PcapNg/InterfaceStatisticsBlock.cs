namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>
/// Interface Statistics Block (draft-ietf-opsawg-pcapng section 4.6): <c>uint32 interface_id; uint32 timestamp_upper; uint32 timestamp_lower; options</c>.
/// Read is <c>isb_endtime</c>, until when frames were waited for; the counters are not.
/// </summary>
internal static class InterfaceStatisticsBlock
{
    /// <summary>Bytes of the body up to the options.</summary>
    public const int FixedLength = 12;

    /// <summary>Reads a block's body; the ticks of its end are null where it does not say.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, ByteOrder order, out uint number, out ulong? endTicks)
    {
        (number, endTicks) = (0, null);
        if (body.Length < FixedLength) return false;
        number = order.U32(body);
        var options = new BlockOptions(body[FixedLength..], order);
        while (options.MoveNext())
        {
            if (options is { Code: EndTime, Value.Length: 8 }) endTicks = ((ulong)order.U32(options.Value) << 32) | order.U32(options.Value[4..]);
        }

        return !options.IsBroken;
    }

    private const ushort EndTime = 3;
}
