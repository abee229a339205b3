using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>compress_certificate (RFC 8879 section 3): <c>CertificateCompressionAlgorithm algorithms&lt;2..2^8-2&gt;</c>.</summary>
internal sealed class CompressCertificateExtension : Extension
{
    private CompressCertificateExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The algorithms that the sender can undo.</summary>
    public IReadOnlyList<CertificateCompressionAlgorithm> Algorithms { get; private init; } = [];

    internal static CompressCertificateExtension Read(ExtensionType type, ReadOnlyMemory<byte> data)
    {
        var reader = new WireReader(data.Span);
        var algorithms = reader.Codes16(reader.U8("algorithms"), "algorithms", static c => new CertificateCompressionAlgorithm(c));
        reader.End("compress_certificate");
        return new CompressCertificateExtension(type, data) { Algorithms = algorithms, Fault = reader.Fault };
    }
}
