using System.Buffers.Binary;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>One direction of HTTP/2 up to the first request or final response. The client's preface has been removed before.</summary>
internal sealed class Http2Reader : HttpReader, IHttp2Receiver
{
    private readonly bool isResponse;
    private readonly Http2Frames frames;

    /// <summary>Begins at the first frame.</summary>
    public Http2Reader(bool isResponse)
    {
        this.isResponse = isResponse;
        frames = new Http2Frames(this, HttpHead.IsRecorded);
    }

    /// <inheritdoc/>
    public override void Feed(ReadOnlySpan<byte> bytes)
    {
        frames.Feed(bytes);
        Fault = frames.Fault;
    }

    void IHttp2Receiver.Settings(ReadOnlySpan<byte> body) => Settings = SettingsText(body);

    void IHttp2Receiver.GoAway(uint lastStream, uint code)
    {
        if (Head is null) GoAway = Http2Frames.ErrorName(code);
    }

    void IHttp2Receiver.Head(uint stream, List<HpackField> fields)
    {
        if (HttpHead.Of(fields, isResponse, "HTTP/2") is { Status: not (100 or 102 or 103) } head) Head = head;
    }

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

    private const int MaxSettings = 16;
}
