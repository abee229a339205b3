namespace HandshakeToMermaid.Protocols.Http;

/// <summary>Takes what <see cref="Http2Frames"/> reads.</summary>
internal interface IHttp2Receiver
{
    /// <summary>True once nothing more is wanted from this direction.</summary>
    bool IsDone { get; }

    /// <summary>SETTINGS (RFC 9113 section 6.5), acknowledgements left out.</summary>
    /// <param name="body">The payload, valid during the call.</param>
    void Settings(ReadOnlySpan<byte> body)
    {
    }

    /// <summary>GOAWAY (RFC 9113 section 6.8).</summary>
    /// <param name="lastStream">The last stream that its sender still answers.</param>
    /// <param name="code">The error code; its name is <see cref="Http2Frames.ErrorName"/>.</param>
    void GoAway(uint lastStream, uint code)
    {
    }

    /// <summary>RST_STREAM (RFC 9113 section 6.4).</summary>
    void Reset(uint stream, uint code)
    {
    }

    /// <summary>A header block, decoded: a request, a response or trailers. Those of PUSH_PROMISE are left out.</summary>
    /// <param name="stream">Its stream.</param>
    /// <param name="fields">The fields, valid during the call.</param>
    void Head(uint stream, List<HpackField> fields);

    /// <summary>A part of a DATA frame, without its padding.</summary>
    /// <param name="stream">Its stream.</param>
    /// <param name="part">The next bytes, valid during the call.</param>
    void Data(uint stream, ReadOnlySpan<byte> part)
    {
    }
}
