using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>Takes the records of both directions.</summary>
internal interface IRecordReader
{
    /// <summary>False where the bytes of a record of that type and length are not needed: then only its length is delivered.</summary>
    bool Wants(Direction from, ContentType type, int length);

    /// <summary>A record is complete, or as complete as it will ever be.</summary>
    void Record(Direction from, in TlsRecord record);

    /// <summary>The bytes are not a record, or the beginning of the next one is unknown.</summary>
    void Lost(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark);

    /// <summary>Records are read again after <see cref="Lost"/>.</summary>
    void Resumed(Direction from, FrameMark mark);
}
