using System.Buffers.Binary;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>
/// Cuts one direction of HTTP/2 into frames and decodes its header blocks, RFC 9113 section 4.1:
/// <code>
/// HTTP Frame { Length (24), Type (8), Flags (8), Reserved (1), Stream Identifier (31), Frame Payload (..) }
/// </code>
/// Read: SETTINGS, HEADERS, PUSH_PROMISE (its block belongs to the table), CONTINUATION, RST_STREAM, GOAWAY. DATA is passed on as it comes, other payloads are
/// skipped; neither is stored. The client's preface has been removed before.
/// </summary>
/// <param name="receiver">Takes what was read.</param>
/// <param name="keeps">Selects the header fields whose values are stored.</param>
internal sealed class Http2Frames(IHttp2Receiver receiver, Predicate<string> keeps)
{
    private readonly HpackDecoder decoder = new(keeps);
    private readonly List<HpackField> fields = [];
    private readonly byte[] header = new byte[HeaderLength];
    private byte[] payload = [];
    private byte[] block = [];
    private int blockLength;
    private bool inBlock;
    private bool isPromise;
    private int headerLength;
    private int payloadLength;
    private int padding;

    /// <summary>Why it cannot be read on; null while it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>The frame of the capture in which the current HTTP/2 frame, or the header block that it continues, began.</summary>
    public FrameMark First { get; private set; }

    /// <summary>The latest frame of the capture that held some of it.</summary>
    public FrameMark Last { get; private set; }

    private int FrameLength => (header[0] << 16) | (header[1] << 8) | header[2];

    private uint Stream => BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(5)) & 0x7FFF_FFFF;

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="mark">Their frame, where the receiver asks for <see cref="First"/> and <see cref="Last"/>.</param>
    public void Feed(ReadOnlySpan<byte> bytes, FrameMark mark = default)
    {
        while (Fault is null && !receiver.IsDone)
        {
            if (headerLength < HeaderLength)
            {
                if (bytes.IsEmpty) return;
                if (headerLength == 0 && !inBlock) (First, Last) = (mark, mark);
                Last = FrameMark.Latest(Last, mark);
                var part = Math.Min(bytes.Length, HeaderLength - headerLength);
                bytes[..part].CopyTo(header.AsSpan(headerLength));
                headerLength += part;
                bytes = bytes[part..];
                if (headerLength < HeaderLength || !Begin()) continue;
            }

            var taken = Math.Min(bytes.Length, FrameLength - payloadLength);
            if (taken > 0) Last = FrameMark.Latest(Last, mark);
            if (IsRead(header[3])) bytes[..taken].CopyTo(payload.AsSpan(payloadLength));
            else if (header[3] == DataFrame) Data(bytes[..taken]);
            payloadLength += taken;
            bytes = bytes[taken..];
            if (payloadLength < FrameLength) return;
            Frame(header[3], header[4], IsRead(header[3]) ? payload.AsSpan(0, payloadLength) : default);
            (headerLength, payloadLength) = (0, 0);
        }
    }

    /// <summary>The name of an error code, RFC 9113 section 7.</summary>
    public static string ErrorName(uint code) => code switch
    {
        0 => "NO_ERROR",
        1 => "PROTOCOL_ERROR",
        2 => "INTERNAL_ERROR",
        3 => "FLOW_CONTROL_ERROR",
        4 => "SETTINGS_TIMEOUT",
        5 => "STREAM_CLOSED",
        6 => "FRAME_SIZE_ERROR",
        7 => "REFUSED_STREAM",
        8 => "CANCEL",
        9 => "COMPRESSION_ERROR",
        10 => "CONNECT_ERROR",
        11 => "ENHANCE_YOUR_CALM",
        12 => "INADEQUATE_SECURITY",
        13 => "HTTP_1_1_REQUIRED",
        _ => $"0x{code:x}",
    };

    // Checks a frame's header before its payload is waited for.
    private bool Begin()
    {
        var type = header[3];
        if (inBlock && type != Continuation) Fault = "an HTTP/2 header block is interrupted";
        else if (IsRead(type) && FrameLength > MaxBlock) Fault = "an HTTP/2 frame is longer than 64 KiB";
        if (Fault is not null) return false;
        padding = 0;
        if (IsRead(type) && payload.Length < FrameLength) payload = new byte[FrameLength];
        return true;
    }

    /// <summary>Passes on a part of DATA, whose first byte is the length of its padding where the flag says so.</summary>
    private void Data(ReadOnlySpan<byte> part)
    {
        var start = payloadLength;
        if ((header[4] & Padded) != 0 && start == 0 && part.Length > 0)
        {
            padding = part[0];
            part = part[1..];
            start = 1;
        }

        var left = FrameLength - padding - start;
        if (left > 0 && part.Length > 0) receiver.Data(Stream, part[..Math.Min(part.Length, left)]);
    }

    private void Frame(byte type, byte flags, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case SettingsFrame when (flags & Ack) == 0:
                receiver.Settings(body);
                return;
            case GoAwayFrame when body.Length >= 8:
                receiver.GoAway(BinaryPrimitives.ReadUInt32BigEndian(body) & 0x7FFF_FFFF, BinaryPrimitives.ReadUInt32BigEndian(body[4..]));
                return;
            case ResetFrame when body.Length >= 4:
                receiver.Reset(Stream, BinaryPrimitives.ReadUInt32BigEndian(body));
                return;
            case Headers or PushPromise:
                Open(type, flags, body);
                return;
            case Continuation when inBlock:
                Append(body, (flags & EndHeaders) != 0);
                return;
        }
    }

    private void Open(byte type, byte flags, ReadOnlySpan<byte> body)
    {
        var padded = 0;
        var skipped = 0;
        if ((flags & Padded) != 0)
        {
            if (body.IsEmpty)
            {
                Fault = "an HTTP/2 frame is truncated";
                return;
            }

            padded = body[0];
            skipped = 1;
        }

        if (type == Headers && (flags & Priority) != 0) skipped += 5;
        if (type == PushPromise) skipped += 4;
        if (skipped + padded > body.Length)
        {
            Fault = "an HTTP/2 frame is truncated";
            return;
        }

        isPromise = type == PushPromise;
        inBlock = true;
        blockLength = 0;
        Append(body[skipped..^padded], (flags & EndHeaders) != 0);
    }

    private void Append(ReadOnlySpan<byte> fragment, bool isLast)
    {
        if (blockLength + fragment.Length > MaxBlock)
        {
            Fault = "an HTTP/2 header block is longer than 64 KiB";
            return;
        }

        if (block.Length < blockLength + fragment.Length) Array.Resize(ref block, Math.Max(1024, blockLength + fragment.Length));
        fragment.CopyTo(block.AsSpan(blockLength));
        blockLength += fragment.Length;
        if (!isLast) return;

        inBlock = false;
        fields.Clear();
        if (!decoder.TryDecode(block.AsSpan(0, blockLength), fields)) Fault = "an HTTP/2 header block cannot be decoded";
        else if (!isPromise) receiver.Head(Stream, fields);
    }

    private static bool IsRead(byte type) => type is Headers or ResetFrame or SettingsFrame or PushPromise or GoAwayFrame or Continuation;

    private const int HeaderLength = 9;
    private const byte DataFrame = 0;
    private const byte Headers = 1;
    private const byte ResetFrame = 3;
    private const byte SettingsFrame = 4;
    private const byte PushPromise = 5;
    private const byte GoAwayFrame = 7;
    private const byte Continuation = 9;
    private const byte Ack = 1;
    private const byte EndHeaders = 4;
    private const byte Padded = 8;
    private const byte Priority = 0x20;

    // As for HTTP/1.1's head.
    private const int MaxBlock = 64 * 1024;
}
