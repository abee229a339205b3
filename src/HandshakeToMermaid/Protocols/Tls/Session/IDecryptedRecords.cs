using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>What was decrypted of a connection, whatever carried it.</summary>
internal interface IDecryptedRecords
{
    /// <summary>Application data in which no protocol was recognised.</summary>
    IReadOnlyList<Step> DataSteps { get; }

    /// <summary>True if anything of a direction was decrypted.</summary>
    bool IsOpened(Direction from);

    /// <summary>True if application data of a direction was decrypted.</summary>
    bool HasData(Direction from);
}
