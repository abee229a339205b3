namespace HandshakeToMermaid.Protocols.Tls.Decryption;

public sealed partial class CipherParameters
{
    private static readonly CipherParameters[] Table = [];
}
