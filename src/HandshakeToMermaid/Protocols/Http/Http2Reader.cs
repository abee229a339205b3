using System.Buffers.Binary;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>
/// One direction of HTTP/2 up to the first request or final response, RFC 9113 section 4.1:
/// <code>
/// HTTP Frame { Length (24), Type (8), Flags (8), Reserved (1), Stream Identifier (31), Frame Payload (..) }
/// </code>
/// Read: SETTINGS, HEADERS, PUSH_PROMISE (its block belongs to the table), CONTINUATION, GOAWAY. Other payloads are
/// skipped without being stored. The client's preface has been removed before.
/// </summary>
internal sealed class Http2Reader : HttpReader
{
    private readonly bool isResponse;
    private readonly HpackDecoder decoder = new(HttpHead.IsRecorded);
    private readonly List<HpackField> fields = [];
    private readonly byte[] header = new byte[HeaderLength];
    private byte[] payload = [];
    private byte[] block = [];
    private int blockLength;
    private bool inBlock;
    private bool isPromise;
    private int headerLength;
    private int payloadLength;

    /// <summary>Begins at the first frame.</summary>
    public Http2Reader(bool isResponse) => this.isResponse = isResponse;

    private int FrameLength => (header[0] << 16) | (header[1] << 8) | header[2];

    /// <inheritdoc/>
    public override void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!IsDone)
        {
            if (headerLength < HeaderLength)
            {
                if (bytes.IsEmpty) return;
                var part = Math.Min(bytes.Length, HeaderLength - headerLength);
                bytes[..part].CopyTo(header.AsSpan(headerLength));
                headerLength += part;
                bytes = bytes[part..];
                if (headerLength < HeaderLength || !Begin()) continue;
            }

            var taken = Math.Min(bytes.Length, FrameLength - payloadLength);
            if (IsRead(header[3])) bytes[..taken].CopyTo(payload.AsSpan(payloadLength));
            payloadLength += taken;
            bytes = bytes[taken..];
            if (payloadLength < FrameLength) return;
            Frame(header[3], header[4], IsRead(header[3]) ? payload.AsSpan(0, payloadLength) : default);
            (headerLength, payloadLength) = (0, 0);
        }
    }

    // Checks a frame's header before its payload is waited for.
    private bool Begin()
    {
        var type = header[3];
        if (inBlock && type != Continuation) Fault = "an HTTP/2 header block is interrupted";
        else if (IsRead(type) && FrameLength > MaxBlock) Fault = "an HTTP/2 frame is longer than 64 KiB";
        if (Fault is not null) return false;
        if (IsRead(type) && payload.Length < FrameLength) payload = new byte[FrameLength];
        return true;
    }

    private void Frame(byte type, byte flags, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case SettingsFrame when (flags & Ack) == 0:
                Settings = SettingsText(body);
                return;
            case GoAwayFrame when body.Length >= 8 && Head is null:
                GoAway = ErrorName(BinaryPrimitives.ReadUInt32BigEndian(body[4..]));
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
        var padding = 0;
        var skipped = 0;
        if ((flags & Padded) != 0)
        {
            if (body.IsEmpty)
            {
                Fault = "an HTTP/2 frame is truncated";
                return;
            }

            padding = body[0];
            skipped = 1;
        }

        if (type == Headers && (flags & Priority) != 0) skipped += 5;
        if (type == PushPromise) skipped += 4;
        if (skipped + padding > body.Length)
        {
            Fault = "an HTTP/2 frame is truncated";
            return;
        }

        isPromise = type == PushPromise;
        inBlock = true;
        blockLength = 0;
        Append(body[skipped..^padding], (flags & EndHeaders) != 0);
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
        else if (!isPromise) Read();
    }

    private void Read()
    {
        if (HttpHead.Of(fields, isResponse, "HTTP/2") is { Status: not (100 or 102 or 103) } head) Head = head;
    }

    private static bool IsRead(byte type) => type is Headers or SettingsFrame or PushPromise or GoAwayFrame or Continuation;

    private static string SettingsText(ReadOnlySpan<byte> body)
    {
        var parts = new List<string>();
        for (; body.Length >= 6 && parts.Count < MaxSettings; body = body[6..])
        {
            var id = BinaryPrimitives.ReadUInt16BigEndian(body);
            var name = id switch
            {
                1 => "HEADER_TABLE_SIZE",
                2 => "ENABLE_PUSH",
                3 => "MAX_CONCURRENT_STREAMS",
                4 => "INITIAL_WINDOW_SIZE",
                5 => "MAX_FRAME_SIZE",
                6 => "MAX_HEADER_LIST_SIZE",
                8 => "ENABLE_CONNECT_PROTOCOL",
                9 => "NO_RFC7540_PRIORITIES",
                _ => $"0x{id:x}",
            };
            parts.Add($"{name} {BinaryPrimitives.ReadUInt32BigEndian(body[2..])}");
        }

        return string.Join(", ", parts);
    }

    // RFC 9113 section 7
    private static string ErrorName(uint code) => code switch
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

    private const int HeaderLength = 9;
    private const byte Headers = 1;
    private const byte SettingsFrame = 4;
    private const byte PushPromise = 5;
    private const byte GoAwayFrame = 7;
    private const byte Continuation = 9;
    private const byte Ack = 1;
    private const byte EndHeaders = 4;
    private const byte Padded = 8;
    private const byte Priority = 0x20;
    private const int MaxSettings = 16;

    // As for HTTP/1.1's head.
    private const int MaxBlock = 64 * 1024;
}
