using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>
/// A cursor over ASN.1 values in DER (X.690 section 10) whose first fault sticks, as <see cref="WireReader"/> is one over plain
/// fields. Lengths are read by the rules of BER, because certificates in the wild have them longer than needed or indefinite.
/// Tags above 30 and the content of values are the caller's business.
/// </summary>
internal ref struct DerReader
{
    private readonly ReadOnlySpan<byte> bytes;
    private int end;

    public DerReader(ReadOnlySpan<byte> bytes)
        : this(bytes, new DerValue(0, 0, bytes.Length, bytes.Length))
    {
    }

    /// <summary>Starts inside the content of <paramref name="within"/>.</summary>
    public DerReader(ReadOnlySpan<byte> bytes, DerValue within)
    {
        this.bytes = bytes;
        Offset = within.Content;
        end = within.ContentEnd;
    }

    public int Offset { get; private set; }

    public WireFault Fault { get; private set; }

    public readonly bool HasMore => !Fault.IsFault && Offset < end;

    /// <summary>The identifier octet of the next value; 0 where there is none.</summary>
    public readonly byte NextTag => HasMore ? bytes[Offset] : (byte)0;

    /// <summary>The bytes of a value's content.</summary>
    public readonly ReadOnlySpan<byte> Content(DerValue value) => bytes[value.Content..value.ContentEnd];

    /// <summary>The next value, whatever it is; empty after a fault.</summary>
    public DerValue Any(string field)
    {
        var start = Offset;
        if (!TryHeader(field, out var content, out var length)) return default;
        if (length > end - content)
        {
            Fail(FaultKind.Short, field);
            return default;
        }

        if (length >= 0)
        {
            Offset = content + (int)length;
            return new DerValue(start, content, Offset, Offset);
        }

        var contentEnd = EndOfContents(content, field);
        if (Fault.IsFault) return default;
        Offset = contentEnd + EndOfContentsOctets;
        return new DerValue(start, content, contentEnd, Offset);
    }

    /// <summary>The next value, which must have this identifier octet.</summary>
    public DerValue Take(byte tag, string field)
    {
        if (HasMore && bytes[Offset] != tag) Fail(FaultKind.BadValue, field);
        return Any(field);
    }

    /// <summary>The next value if it has this identifier octet; null leaves the cursor where it is.</summary>
    public DerValue? Optional(byte tag, string field) => NextTag == tag ? Take(tag, field) : null;

    /// <summary>
    /// Goes into the next value, until <see cref="Leave"/>. A value that is cut short is entered nevertheless, so that what
    /// is there is read; the fault comes where the bytes end.
    /// </summary>
    public DerBox Enter(byte tag, string field)
    {
        var outer = end;
        if (HasMore && bytes[Offset] != tag) Fail(FaultKind.BadValue, field);
        if (!TryHeader(field, out var content, out var length)) return new DerBox(outer, outer, false, field);
        if (length < 0)
        {
            var value = Any(field);
            if (Fault.IsFault) return new DerBox(outer, outer, false, field);
            (Offset, end) = (content, value.ContentEnd);
            return new DerBox(outer, value.End, false, field);
        }

        var isCut = length > end - content;
        (Offset, end) = (content, isCut ? end : content + (int)length);
        return new DerBox(outer, end, isCut, field);
    }

    /// <summary>Leaves a value; what is left in it is a fault.</summary>
    public void Leave(DerBox box)
    {
        if (HasMore) Fail(FaultKind.Trailing, box.Field);
        if (box.IsCut) Fail(FaultKind.Short, box.Field);
        if (!Fault.IsFault) Offset = box.Next;
        end = box.OuterEnd;
    }

    public void Fail(FaultKind kind, string field)
    {
        if (!Fault.IsFault) Fault = new WireFault(kind, Offset, field);
    }

    /// <summary>Walks a list (SEQUENCE OF) without looking into its entries: is it whole?</summary>
    public static WireFault Walk(ReadOnlySpan<byte> bytes, DerValue within, string field)
    {
        var reader = new DerReader(bytes, within);
        var box = reader.Enter(DerTag.Sequence, field);
        while (reader.HasMore) reader.Any(field);
        reader.Leave(box);
        return reader.Fault;
    }

    /// <summary>Where the end-of-contents octets of an indefinite value stand (X.690 section 8.1.5).</summary>
    private int EndOfContents(int at, string field)
    {
        var start = Offset;
        var depth = 1;
        while (true)
        {
            if (end - at < EndOfContentsOctets) break;
            if (bytes[at] == 0 && bytes[at + 1] == 0)
            {
                if (--depth == 0)
                {
                    Offset = start;
                    return at;
                }

                at += EndOfContentsOctets;
                continue;
            }

            Offset = at;
            if (!TryHeader(field, out at, out var length) || length > end - at) break;
            if (length < 0) depth++;
            else at += (int)length;
        }

        Offset = start;
        Fail(FaultKind.Short, field);
        return at;
    }

    /// <summary>Reads identifier and length octets without moving; a length of -1 is the indefinite form.</summary>
    private bool TryHeader(string field, out int content, out long length)
    {
        (content, length) = (Offset, 0);
        if (Fault.IsFault) return false;
        if (content < end && (bytes[content++] & 0x1F) == 0x1F)
            while (content < end && bytes[content++] >= 0x80) { }

        if (content >= end)
        {
            Fail(FaultKind.Short, field);
            return false;
        }

        var first = bytes[content++];
        if (first < 0x80) length = first;
        else if (first == 0x80) length = -1;
        var count = first > 0x80 ? first & 0x7F : 0;
        if (count > end - content || count > 8)
        {
            Fail(count > 8 ? FaultKind.BadValue : FaultKind.Short, field);
            return false;
        }

        for (var i = 0; i < count; i++) length = (length << 8) | bytes[content++];
        if (first <= 0x80 || length >= 0) return true;
        Fail(FaultKind.Short, field);
        return false;
    }

    private const int EndOfContentsOctets = 2;
}
