using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>A stored encrypted record, and what was skipped before it.</summary>
internal sealed class EncryptedEntry
{
    /// <summary>Which way it went.</summary>
    public required Direction From { get; init; }

    /// <summary>The record.</summary>
    public required EncryptedRecord Record { get; init; }

    /// <summary>The number of records of the same direction skipped before it.</summary>
    public long SkippedRecords { get; set; }

    /// <summary>Their bytes.</summary>
    public long SkippedBytes { get; set; }

    /// <summary>The last bytes of the last of them: this record's IV, before TLS 1.1.</summary>
    public ReadOnlyMemory<byte> SkippedTail { get; set; }

    /// <summary>The number of steps before it.</summary>
    public required int Position { get; init; }

    /// <summary>Its placeholder while it is not decrypted: a probable Finished, an alert of unknown kind.</summary>
    public Step? Placeholder { get; init; }

    /// <summary>True where an unknown number of records is missing before it.</summary>
    public bool IsAfterGap { get; init; }
}
