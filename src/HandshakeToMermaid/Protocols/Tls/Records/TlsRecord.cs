using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>One record, valid during the call that delivers it.</summary>
internal readonly ref struct TlsRecord
{
    /// <summary>What it carries; the default value for a record of SSL 2.0, which does not say.</summary>
    public ContentType Type { get; init; }

    /// <summary>The version in its header.</summary>
    public ProtocolVersion Version { get; init; }

    /// <summary>True for a record of SSL 2.0.</summary>
    public bool IsSsl2 { get; init; }

    /// <summary>Bytes of the fragment as declared.</summary>
    public int Length { get; init; }

    /// <summary>The fragment; empty if it was skipped, shorter than <see cref="Length"/> where <see cref="IsCut"/>.</summary>
    public ReadOnlySpan<byte> Fragment { get; init; }

    /// <summary>Which bytes of the fragment came in which frame; empty where all came in <see cref="First"/>.</summary>
    public ReadOnlySpan<RecordPiece> Pieces { get; init; }

    /// <summary>The frame of the first byte of its header.</summary>
    public FrameMark First { get; init; }

    /// <summary>The frame of its last byte.</summary>
    public FrameMark Last { get; init; }

    /// <summary>True where the capture does not hold its end.</summary>
    public bool IsCut { get; init; }
}
