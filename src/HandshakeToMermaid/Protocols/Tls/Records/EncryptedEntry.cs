using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>An encrypted record that was kept, and what went by before it.</summary>
internal sealed class EncryptedEntry
{
    /// <summary>Which way it went.</summary>
    public required Direction From { get; init; }

    /// <summary>The record.</summary>
    public required EncryptedRecord Record { get; init; }

    /// <summary>Records of the same direction that went by before it and were not kept.</summary>
    public long SkippedRecords { get; set; }

    /// <summary>Their bytes.</summary>
    public long SkippedBytes { get; set; }

    /// <summary>The last bytes of the last of them: this record's IV, before TLS 1.1.</summary>
    public ReadOnlyMemory<byte> SkippedTail { get; set; }

    /// <summary>Steps that had been told before it.</summary>
    public required int Position { get; init; }

    /// <summary>What stands for it while it is closed: a probable Finished, an alert of unknown kind.</summary>
    public Step? Placeholder { get; init; }

    /// <summary>True where an unknown number of records is missing before it.</summary>
    public bool IsAfterGap { get; init; }
}
