using System.Globalization;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>One direction of HTTP/3: its unidirectional streams (RFC 9114 section 6.2) and the stream of the first exchange.</summary>
internal sealed class Http3Half
{
    private readonly bool isResponse;
    private readonly QpackTable table = new();
    private readonly QpackEncoderReader encoder;
    private readonly QpackDecoder decoder;
    private readonly Http3Frames control = new();
    private readonly Http3Frames exchange = new();
    private readonly Dictionary<ulong, (ulong? Type, byte[] Start)> streams = [];
    private Http3Frame? blocked;

    /// <param name="isResponse">True for the server's.</param>
    public Http3Half(bool isResponse)
    {
        this.isResponse = isResponse;
        encoder = new QpackEncoderReader(table, HttpHead.IsRecorded);
        decoder = new QpackDecoder(table, HttpHead.IsRecorded);
    }

    /// <summary>The head, once it was read: a request, or a final response.</summary>
    public HttpHead? Head { get; private set; }

    /// <summary>The frame that brought the head.</summary>
    public Http3Frame HeadFrame { get; private set; }

    /// <summary>SETTINGS as text; null while none were seen.</summary>
    public string? Settings { get; private set; }

    /// <summary>Where SETTINGS came.</summary>
    public FrameMark SettingsAt { get; private set; }

    /// <summary>How large a table this side allows the other's encoder; null while its SETTINGS were not seen.</summary>
    public int? MaxTableCapacity { get; private set; }

    /// <summary>Why the head cannot be read; null while it can, or where nothing of it was seen.</summary>
    public string? Fault { get; private set; }

    /// <summary>Where that was seen.</summary>
    public FrameMark FaultAt { get; private set; }

    /// <summary>What is looked for in the body; null where there is nothing to look for.</summary>
    public PhraseSearch? Body { get; set; }

    /// <summary>True once nothing more is wanted.</summary>
    public bool IsDone => (Head is not null || Fault is not null) && Body is not { IsDone: false };

    /// <summary>Takes bytes of the exchange's stream.</summary>
    public void Exchange(ReadOnlySpan<byte> bytes, FrameMark mark, int? peerCapacity)
    {
        foreach (var frame in exchange.Feed(bytes, mark, Body))
        {
            if (!frame.IsHeaders || Head is not null || Fault is not null || blocked is not null) continue;
            Decode(frame, peerCapacity);
        }

        if (exchange.IsAboveCap && Head is null) Fail("an HTTP/3 frame is longer than 64 KiB", mark);
    }

    /// <summary>Takes bytes of a unidirectional stream; its first integer says what it is for.</summary>
    public void Unidirectional(ulong stream, ReadOnlySpan<byte> bytes, FrameMark mark, int? peerCapacity)
    {
        if (!streams.TryGetValue(stream, out var known))
        {
            if (streams.Count == MaxStreams) return;
            known = (null, []);
        }

        if (known.Type is null)
        {
            byte[] start = [.. known.Start, .. bytes[..Math.Min(bytes.Length, 8)]];
            var at = 0;
            var isKnown = VariableInteger.TryRead(start, ref at, out var type);
            streams[stream] = isKnown ? (type, []) : (null, start);
            if (!isKnown) return;
            bytes = bytes[(at - known.Start.Length)..];
            known = (type, []);
        }

        if (known.Type == ControlStream) Control(bytes, mark);
        else if (known.Type == EncoderStream) Insert(bytes, peerCapacity);
    }

    /// <summary>Nothing more comes: a head that still waits for entries was not read.</summary>
    public void Finish()
    {
        if (Head is not null || Fault is not null) return;
        if (blocked is { } waiting) Fail("the HTTP/3 header refers to table entries that are missing in the capture", waiting.Last);
        else if (exchange.IsInside) Fault = "part of the HTTP/3 header is missing";
    }

    private void Control(ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        foreach (var frame in control.Feed(bytes, mark, null))
        {
            if (frame.IsHeaders || Settings is not null) continue;
            SettingsAt = frame.Last;
            ReadSettings(frame.Payload);
        }
    }

    private void Insert(ReadOnlySpan<byte> bytes, int? peerCapacity)
    {
        encoder.Feed(bytes);
        if (blocked is not { } waiting) return;
        blocked = null;
        Decode(waiting, peerCapacity);
    }

    private void Decode(Http3Frame frame, int? peerCapacity)
    {
        var fields = new List<HpackField>();
        switch (decoder.Decode(frame.Payload, peerCapacity, fields))
        {
            case QpackVerdict.Blocked:
                blocked = frame;
                return;
            case QpackVerdict.Broken:
                Fail("an HTTP/3 header block cannot be decoded", frame.Last);
                return;
        }

        if (HttpHead.Of(fields, isResponse, "HTTP/3") is not { Status: not (>= 100 and < 200) } head) return;
        (Head, HeadFrame) = (head, frame);
    }

    private void Fail(string fault, FrameMark at) => (Fault, FaultAt) = (fault, at);

    /// <summary>RFC 9114 section 7.2.4.1, RFC 9204 section 5, RFC 9220, RFC 9297; reserved numbers are left out.</summary>
    private void ReadSettings(ReadOnlySpan<byte> body)
    {
        var parts = new List<string>();
        MaxTableCapacity = 0;
        for (var at = 0; VariableInteger.TryRead(body, ref at, out var id) && VariableInteger.TryRead(body, ref at, out var value) && parts.Count < MaxSettings;)
        {
            if (id == 1) MaxTableCapacity = (int)Math.Min(value, int.MaxValue / 4);
            if (id >= 0x21 && (id - 0x21) % 0x1F == 0) continue;
            var name = id switch
            {
                0x01 => "QPACK_MAX_TABLE_CAPACITY",
                0x06 => "MAX_FIELD_SECTION_SIZE",
                0x07 => "QPACK_BLOCKED_STREAMS",
                0x08 => "ENABLE_CONNECT_PROTOCOL",
                0x33 => "H3_DATAGRAM",
                _ => $"0x{id:x}",
            };
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {value}"));
        }

        Settings = string.Join(", ", parts);
    }

    private const ulong ControlStream = 0;
    private const ulong EncoderStream = 2;
    private const int MaxSettings = 16;

    // Three are used, and an endpoint may open more of reserved types.
    private const int MaxStreams = 16;
}
