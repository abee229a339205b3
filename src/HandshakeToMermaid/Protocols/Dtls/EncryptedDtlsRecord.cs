using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>An encrypted record, stored until its secrets arrive.</summary>
internal sealed class EncryptedDtlsRecord
{
    public required Direction From { get; init; }

    public required byte Type { get; init; }

    public required ushort Version { get; init; }

    public required int Epoch { get; init; }

    public required ulong Sequence { get; init; }

    public required bool IsUnified { get; init; }

    public required int NumberOffset { get; init; }

    public required int NumberLength { get; init; }

    /// <summary>Bytes of the fragment on the wire.</summary>
    public required int Length { get; init; }

    /// <summary>Its header; empty if the record was not stored.</summary>
    public byte[] Header { get; set; } = [];

    /// <summary>Its fragment; empty if the record was not stored.</summary>
    public byte[] Fragment { get; set; } = [];

    public required FrameMark Mark { get; init; }

    /// <summary>Its index among all records of the session.</summary>
    public required int Order { get; init; }

    /// <summary>True where it looks like one that was sent before: a Finished of the same length.</summary>
    public bool IsRepeated { get; init; }
}
