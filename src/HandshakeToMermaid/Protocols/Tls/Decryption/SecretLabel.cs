namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>What a line of a key log holds. QUIC's labels name the same secrets as those of TLS.</summary>
internal enum SecretLabel
{
    /// <summary>The master secret of TLS 1.2 and below (CLIENT_RANDOM).</summary>
    MasterSecret,

    /// <summary>CLIENT_EARLY_TRAFFIC_SECRET: 0-RTT data.</summary>
    ClientEarlyTraffic,

    /// <summary>CLIENT_HANDSHAKE_TRAFFIC_SECRET.</summary>
    ClientHandshakeTraffic,

    /// <summary>SERVER_HANDSHAKE_TRAFFIC_SECRET.</summary>
    ServerHandshakeTraffic,

    /// <summary>CLIENT_TRAFFIC_SECRET_0; later ones follow from it.</summary>
    ClientTraffic,

    /// <summary>SERVER_TRAFFIC_SECRET_0; later ones follow from it.</summary>
    ServerTraffic,

    /// <summary>ECH_SECRET: the HPKE shared secret of Encrypted Client Hello.</summary>
    EchSecret,

    /// <summary>ECH_CONFIG: the ECHConfig that was used; no secret, but of no use without one.</summary>
    EchConfig,
}
