namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>The parts of a ClientHello in which a server may find nothing that it can accept.</summary>
internal enum OfferPart
{
    /// <summary>Cipher suites.</summary>
    Suites,

    /// <summary>Groups for key agreement.</summary>
    Groups,

    /// <summary>Signature schemes.</summary>
    Signatures,
}
