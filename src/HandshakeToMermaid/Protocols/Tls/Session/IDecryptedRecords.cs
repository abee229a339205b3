using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>What was decrypted of a connection, whatever carried it.</summary>
internal interface IDecryptedRecords
{
    /// <summary>Application data that no protocol inside tells of.</summary>
    IReadOnlyList<Step> DataSteps { get; }

    /// <summary>True where something of a direction was opened.</summary>
    bool IsOpened(Direction from);

    /// <summary>True where application data of a direction was opened.</summary>
    bool HasData(Direction from);
}
